"""What a bank is doing while its disk fails: through its real doors, HTTP and the command line.

An act answers ``done`` or the code of the refusal. Refused, it is tried again in the same process
after the disk is well: the service must go on without a restart.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from sqlalchemy import text
from starlette.testclient import TestClient
from typer.testing import CliRunner

from certificates.sealing.trust_file import read_trust_list
from competency_bank.bank import now
from competency_bank.cli.program import program
from competency_bank.issue_run import issue
from competency_bank.services.issue_certificates import Wanted
from competency_bank.services.record_units import record_sheet
from competency_bank.storage.certificate_rows import all_certificates
from competency_bank.storage.people_rows import find_person
from competency_bank.web.app import create_app
from tests.banks import BARBER, FILES, record, school_bank, sheet_of
from tests.faults.jobs import RECORDED, ROWS, Migrating, sheet_rows
from tests.faults.nursery import Say
from tests.faults.promises import expect_whole, holdings, opened
from tests.faults.serving import SECRETS, Serving

DONE = "done"
REFUSALS = frozenset({"storage-full", "storage-failed"})
"""All that a failing disk may be answered with; anything else was not thought of."""

LAST = "LAST"
"""Stands for the serial of the newest certificate."""

Switch = Callable[[], None]
UNITS_OF_BARBERS = 38


def nothing() -> None:
    """Leave the disk as it is."""


class Act(Protocol):
    """One thing that the bank does through one of its doors."""

    def begin(self, home: Path) -> None:
        """Fill a new home with what the act starts from."""

    def do(self, home: Path, say: Say, *, arm: Switch = nothing, disarm: Switch = nothing) -> None:
        """Do it with the disk armed, say the answer, and once more with the disk well."""

    def expect(self, home: Path, answers: Sequence[str]) -> None:
        """Fail unless the bank is whole and what was answered is true."""


class Request:
    """A row of a class sheet, posted."""

    def begin(self, home: Path) -> None:
        Serving().begin(home)

    def do(self, home: Path, say: Say, *, arm: Switch = nothing, disarm: Switch = nothing) -> None:
        secrets = json.loads((home / SECRETS).read_text())
        with opened(home) as bank, TestClient(create_app(bank, now)) as browser:
            browser.cookies.set("session", secrets[BARBER])
            assert browser.get("/teach").status_code == 200
            arm()
            answer = self._post(browser)
            say(answer)
            disarm()
            if answer != DONE:
                say(self._post(browser))

    @staticmethod
    def _post(browser: TestClient) -> str:
        learner, class_id, sheet = next(one for one in sheet_rows() if one[1] == BARBER)
        answer = browser.post(
            f"/api/v1/classes/{class_id}/records",
            files={"sheet": ("a.csv", sheet.encode())},
            headers={"Idempotency-Key": learner},
        )
        if answer.status_code == 200:
            assert answer.json()["recorded"] == 5
            return DONE
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert problem["detail"]
        assert problem["detail_th"]
        assert answer.headers["retry-after"]
        return f"{problem['code']}"

    def expect(self, home: Path, answers: Sequence[str]) -> None:
        _expect_units(home, answers, ROWS[BARBER][2])


class Command:
    """One verb of the command line."""

    def __init__(self, *words: str, also_done: frozenset[str] = frozenset()) -> None:
        """Keep the words after the home; ``also_done`` are refusals because it was done before."""
        self.words = words
        self.also_done = also_done

    def do(self, home: Path, say: Say, *, arm: Switch = nothing, disarm: Switch = nothing) -> None:
        arm()
        answer = self._run(home)
        say(answer)
        disarm()
        if answer != DONE:
            say(self._run(home))

    def _run(self, home: Path) -> str:
        words = [_newest(home) if word == LAST else word for word in self.words]
        result = CliRunner().invoke(program, ["--home", str(home), *words, "--json"])
        assert "Traceback" not in result.output
        if result.exit_code == 0:
            return DONE
        error = json.loads(result.stdout)["error"]
        assert error["message"]["th"]
        assert error["message"]["en"]
        if error["code"] in self.also_done:
            return DONE
        assert result.exit_code == 3, result.output
        return str(error["code"])


class Record(Command):
    """A class sheet on the command line."""

    def begin(self, home: Path) -> None:
        school_bank(home).database.close()

    def expect(self, home: Path, answers: Sequence[str]) -> None:
        _expect_units(home, answers, UNITS_OF_BARBERS)


class Issue(Command):
    """One certificate, from plan to trust list."""

    def begin(self, home: Path) -> None:
        bank = school_bank(home)
        record(bank, BARBER)
        bank.database.close()

    def expect(self, home: Path, answers: Sequence[str]) -> None:
        with opened(home) as bank:
            expect_whole(bank)
            with bank.reading() as transaction:
                states = [one.state.value for one in all_certificates(transaction)]
        assert len(states) <= 1
        assert DONE not in answers or states == ["issued"]


class Revoke(Command):
    """A revocation, and the list in which verifiers see it."""

    def begin(self, home: Path) -> None:
        Issue().begin(home)
        with opened(home) as bank:
            issue(bank, Wanted(learner="BB-002"))

    def expect(self, home: Path, answers: Sequence[str]) -> None:
        with opened(home) as bank:
            expect_whole(bank)
            with bank.reading() as transaction:
                revoked = [one for one in all_certificates(transaction) if one.revoked_at]
            listed = read_trust_list((bank.settings.trust / "trust.json").read_bytes())
            with bank.reading() as transaction:
                size = transaction.connection.execute(
                    text("SELECT max(size) FROM checkpoints")
                ).scalar()
        assert len(revoked) <= 1
        if DONE in answers:
            assert revoked
            assert int((listed.checkpoint or "").split("\n")[1]) == size, "verifiers do not see it"


class Upgrade(Command):
    """Older tables brought up to date."""

    def begin(self, home: Path) -> None:
        Migrating().begin(home)

    def expect(self, home: Path, answers: Sequence[str]) -> None:
        Migrating().check(home, [])
        if DONE in answers:
            with opened(home) as bank:
                expect_whole(bank)
                assert len(holdings(bank)) == RECORDED


class Close:
    """The log of writes brought into the database file, as when the last connection closes."""

    def begin(self, home: Path) -> None:
        school_bank(home).database.close()

    def do(self, home: Path, say: Say, *, arm: Switch = nothing, disarm: Switch = nothing) -> None:
        with opened(home) as bank:
            _, class_id, sheet = next(one for one in sheet_rows() if one[1] == BARBER)
            with bank.writing() as transaction:
                teacher = find_person(transaction, "T-002").id
                grid = sheet_of(*sheet.split("\n"))
                record_sheet(transaction, grid, class_id, by=teacher, pepper=bank.pepper)
            say(DONE)
            arm()
        disarm()

    def expect(self, home: Path, answers: Sequence[str]) -> None:
        _expect_units(home, answers, ROWS[BARBER][2])


def _expect_units(home: Path, answers: Sequence[str], count: int) -> None:
    with opened(home) as bank:
        expect_whole(bank)
        kept = len(holdings(bank))
    assert kept in {0, count}, f"{kept} of {count} units: half done"
    assert DONE not in answers or kept == count, "acknowledged and gone"


def _newest(home: Path) -> str:
    return max(path.stem for path in (home / "issued").glob("*.pdf"))


_SHEET = str(FILES / "barber.csv")
ACTS: dict[str, Act] = {
    "request": Request(),
    "record": Record("record", _SHEET, "--class", BARBER, "--by", "T-002"),
    "issue": Issue("issue", "--learner", "BB-001", "--kind", "course"),
    "revoke": Revoke(
        *("revoke", LAST, "--reason", "issued-in-error", "--by", "R-001"),
        also_done=frozenset({"already-revoked"}),
    ),
    "upgrade": Upgrade("init"),
    "close": Close(),
}
