"""Verbs of certificates: issue, revoke, replace, honour, portfolio, verify."""

import shutil
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from certificates.asking.other_issuers import OtherIssuers
from certificates.credential.snapshot import CertificateKind
from certificates.errors import CertificateError, NotChecked
from certificates.file_checks import examine_file, moment_of, show, trust_in
from certificates.report import exit_status
from certificates.sealing.trust_file import read_trust_list
from certificates.verifying.bearer import TrustSource
from competency_bank import bank as opened
from competency_bank.cli import answers
from competency_bank.cli.beginning import Json, settings_of
from competency_bank.cli.course_verbs import By
from competency_bank.cli.opening import opened_bank
from competency_bank.domain.errors import BadInput, BankError
from competency_bank.issue_run import (
    PORTFOLIO_FORMS,
    issue_now,
    issue_portfolio,
    portfolio_file,
)
from competency_bank.issue_run import issue as run_issue
from competency_bank.services.compile_portfolio import Wish
from competency_bank.services.honour_learner import Award, Voice, plan_honour
from competency_bank.services.issue_certificates import Wanted
from competency_bank.services.replace_certificate import plan_replacement
from competency_bank.services.revoke_certificate import revoke_certificate
from competency_bank.storage.people_rows import find_person

verbs = typer.Typer()


@verbs.command()
def issue(  # noqa: PLR0913  (one parameter an option)
    context: typer.Context,
    *,
    learner: Annotated[str | None, typer.Option(help="Only for this learner.")] = None,
    class_id: Annotated[str | None, typer.Option("--class", help="Only for this class.")] = None,
    kind: Annotated[CertificateKind | None, typer.Option(help="Only this kind.")] = None,
    out: Annotated[Path | None, typer.Option(help="Copy the documents here too.")] = None,
    as_json: Json = False,
) -> None:
    """Issue what is due; resumes what was interrupted, never issues twice."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        with Progress(console=answers.stderr, transient=True) as bar:
            task = bar.add_task("ออกใบรับรอง / issuing", total=None)
            issued = run_issue(
                bank,
                Wanted(learner, class_id, kind),
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
        folder = bank.settings.issued
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            for one in issued:
                shutil.copyfile(folder / f"{one.serial}.pdf", out / f"{one.serial}.pdf")
        serials = [{"serial": i.serial, "kind": i.kind, "learner": i.learner} for i in issued]
        if as_json:
            answers.say_json({"issued": serials, "folder": str(out or folder)})
        else:
            for one in issued:
                answers.say(f"{one.serial}  {one.kind}")
            answers.say(f"{len(serials)} issued in {out or folder}")


@verbs.command()
def revoke(
    context: typer.Context,
    serial: str,
    *,
    reason: Annotated[str, typer.Option(help="For example issued-in-error.")],
    by: By,
    as_json: Json = False,
) -> None:
    """Revoke a certificate; the record it rests on is not touched."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        try:
            with bank.writing() as transaction:
                person = find_person(transaction, by).id
                cause = revoke_certificate(transaction, serial, reason=reason, by=person)
        finally:
            # Also when it is revoked already: the run that did it may have ended before the list.
            bank.publish()
        answer = {"serial": serial, "reason": cause.value}
        if as_json:
            answers.say_json(answer)
        else:
            answers.say(f"{serial}: {cause.value}")


@verbs.command()
def replace(context: typer.Context, serial: str, *, by: By, as_json: Json = False) -> None:
    """Put a new certificate in the place of one; the old one is no longer valid."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        with bank.reading() as transaction:
            person = find_person(transaction, by).id
        (made,) = issue_now(
            bank,
            lambda transaction: plan_replacement(transaction, serial, terms=bank.terms, by=person),
            by=person,
        )
        if as_json:
            answers.say_json({"serial": made.serial, "replaces": serial})
        else:
            answers.say(f"{made.serial} ← {serial}")


@verbs.command()
def honour(  # noqa: PLR0913  (one parameter an option)
    context: typer.Context,
    learner: str,
    *,
    title: Annotated[str, typer.Option(help="What the person is honoured as, in Thai.")],
    field: Annotated[str, typer.Option(help="Trade or body of local wisdom.")],
    reason: Annotated[str, typer.Option(help="The citation.")],
    proposed_by: Annotated[str, typer.Option(help="A registrar.")],
    agreed_by: Annotated[str, typer.Option(help="An officer of TPQI, another person.")],
    title_en: Annotated[str | None, typer.Option(help="The same in English.")] = None,
    positions: Annotated[
        tuple[str, str], typer.Option(help="Positions of the two, as the paper names them.")
    ] = ("นายทะเบียน", "เจ้าหน้าที่คุณวุฒิวิชาชีพ"),
    as_json: Json = False,
) -> None:
    """Award an honour by two persons; it certifies no unit of competency."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        award = Award(title, title_en, field, reason)
        voices = (Voice(proposed_by, positions[0]), Voice(agreed_by, positions[1]))
        (made,) = issue_now(
            bank,
            lambda transaction: plan_honour(
                transaction, learner, award, voices=voices, terms=bank.terms
            ),
        )
        if as_json:
            answers.say_json({"serial": made.serial, "folder": str(bank.settings.issued)})
        else:
            answers.say(made.serial)


@verbs.command()
def portfolio(
    context: typer.Context,
    learner: str,
    *,
    out: Annotated[Path, typer.Option(help="FILE.pdf, FILE.json (CLR 2.0) or FILE.jwt")],
    units: Annotated[
        list[str] | None, typer.Option(help="Only this unit; may be given several times.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Make an e-portfolio: a signed PDF, or the same as CLR 2.0."""
    with answers.answering(as_json=as_json):
        bank = opened_bank(context)
        if out.suffix not in PORTFOLIO_FORMS:
            raise BadInput("portfolio-form", name=out.name, forms=", ".join(PORTFOLIO_FORMS))
        serial = issue_portfolio(bank, Wish(learner, tuple(units) if units else None))
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(portfolio_file(bank, serial, out.suffix))
        if as_json:
            answers.say_json({"serial": serial, "file": str(out)})
        else:
            answers.say(f"{serial}: {out}")


@verbs.command()
def verify(  # noqa: PLR0913  (one parameter an option)
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="PDF or .jwt files")],
    *,
    trust: Annotated[Path | None, typer.Option(help="Another trust list than the bank's.")] = None,
    at: Annotated[str | None, typer.Option(help="Day or time to check for; default: now.")] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask nobody, whatever the settings allow.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check files; exit status 0 all valid, 1 any forged, 4 any changed, 3 any unknown."""
    allowed = frozenset() if offline else settings_of(context).may_be_asked
    others = OtherIssuers(allowed)
    moment = moment_of(at, now=opened.now())
    listed = trust_in(trust, None) if trust is not None else _own_trust(context)
    checks = [partial(examine_file, file, listed, at=moment) for file in files]
    reports = [others.answering(check) for check in checks]
    show(reports, as_json=as_json)
    raise typer.Exit(exit_status(reports))


def _own_trust(context: typer.Context) -> TrustSource:
    """Return the bank's trust list as it stands now, or why there is none."""
    try:
        bank = opened_bank(context)
        with bank.reading() as transaction:
            return read_trust_list(bank.trust_list(transaction))
    except (BankError, CertificateError):
        return NotChecked("trust-list-missing")
