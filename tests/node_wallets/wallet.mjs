// A wallet made of other people's parts: @openid4vc/openid4vci collects, @sd-jwt/core shows.
// Requests leave as lines on standard output and answers come as lines on standard input, so that
// no network is needed: the test behind answers as the bank.
import { createHash, randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { clientAuthenticationAnonymous } from '@openid4vc/oauth2'
import { Openid4vciClient } from '@openid4vc/openid4vci'
import { SDJwtInstance } from '@sd-jwt/core'
import { digest, ES256, generateSalt } from '@sd-jwt/crypto-nodejs'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const hear = async () => JSON.parse((await lines.next()).value)
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)

async function fetchByLine(url, init = {}) {
  const headers = Object.fromEntries(new Headers(init.headers ?? {}))
  const body = init.body === undefined ? null : String(init.body)
  say({ fetch: { url: String(url), method: init.method ?? 'GET', headers, body } })
  const answer = await hear()
  return new Response(answer.body, { status: answer.status, headers: answer.headers })
}

const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
const publicJwk = await exportJWK(publicKey)

const callbacks = {
  fetch: fetchByLine,
  hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
  generateRandom: (length) => randomBytes(length),
  clientAuthentication: clientAuthenticationAnonymous(),
  signJwt: async (signer, { header, payload }) => ({
    jwt: await new SignJWT(payload).setProtectedHeader(header).sign(privateKey),
    signerJwk: publicJwk,
  }),
  verifyJwt: async () => ({ verified: false }),
  decryptJwe: async () => ({ decrypted: false }),
  encryptJwe: async () => { throw new Error('not needed') },
}

async function collect({ offer, pin }) {
  const client = new Openid4vciClient({ callbacks })
  const credentialOffer = await client.resolveCredentialOffer(offer)
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer)
  const { accessTokenResponse } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
    credentialOffer, issuerMetadata, txCode: pin,
  })
  const [credentialConfigurationId] = credentialOffer.credential_configuration_ids
  const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata })
  const { jwt } = await client.createCredentialRequestJwtProof({
    issuerMetadata, credentialConfigurationId, nonce,
    signer: { method: 'jwk', publicJwk, alg: 'ES256' },
  })
  const ask = () => client.retrieveCredentials({
    issuerMetadata, credentialConfigurationId, proofs: { jwt: [jwt] },
    accessToken: accessTokenResponse.access_token,
  })
  const found = await ask()
  const again = await ask().then(() => 'collected twice', () => 'refused')
  const code = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
    credentialOffer, issuerMetadata, txCode: pin,
  }).then(() => 'exchanged twice', () => 'refused')
  const [{ credential }] = found.credentialResponse.credentials
  return { credential, again, code, version: issuerMetadata.originalDraftVersion ?? 'unknown' }
}

async function sdJwt(issuerJwk) {
  return new SDJwtInstance({
    signAlg: 'ES256', hasher: digest, hashAlg: 'sha-256', saltGenerator: generateSalt,
    verifier: await ES256.getVerifier(issuerJwk),
    kbSignAlg: 'ES256', kbSigner: await ES256.getSigner(await exportJWK(privateKey)),
    kbVerifier: async (data, signature, payload) => {
      const check = await ES256.getVerifier(payload.cnf.jwk)
      return check(data, signature)
    },
  })
}

async function show({ credential, issuerJwk, names, audience, nonce, now }) {
  const instance = await sdJwt(issuerJwk)
  const whole = await instance.verify(credential)
  const frame = Object.fromEntries(names.map((name) => [name, true]))
  const kb = { payload: { aud: audience, nonce, iat: now } }
  const presentation = await instance.present(credential, frame, { kb })
  return { presentation, claims: whole.payload }
}

async function judge({ presentation, issuerJwk, nonce }) {
  const instance = await sdJwt(issuerJwk)
  try {
    const found = await instance.verify(presentation, { keyBindingNonce: nonce })
    return { valid: true, claims: found.payload }
  } catch (error) {
    return { valid: false, reason: String(error.message) }
  }
}

const verbs = { collect, show, judge }
for (;;) {
  const next = await lines.next()
  if (next.done) break
  const { verb, ...rest } = JSON.parse(next.value)
  try {
    say({ done: await verbs[verb](rest) })
  } catch (error) {
    say({ failed: String(error?.stack ?? error) })
  }
}
