"""The school is built once; every test gets a copy of its own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from competency_bank import bank as opened
from competency_bank.bank import Bank
from competency_bank.domain.people import Role
from competency_bank.settings import Settings
from competency_bank.web.app import create_app
from tests.competency_bank.web.school import build_school, link_for

Visit = Callable[..., TestClient]


@pytest.fixture(scope="session")
def school_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of a bank that no test may write to."""
    home = tmp_path_factory.mktemp("school") / "home"
    build_school(home)
    return home


@pytest.fixture
def bank(school_home: Path, tmp_path: Path) -> Iterator[Bank]:
    """Yield a bank of the test's own."""
    shutil.copytree(school_home, tmp_path / "home")
    found = opened.open_bank(Settings(home=tmp_path / "home"))
    yield found
    found.database.close()


@pytest.fixture
def visit(bank: Bank) -> Visit:
    """Return a function that opens a browser: a visitor's, or of somebody signed in."""
    app = create_app(bank, opened.now)

    def open_browser(role: Role | None = None, person: str | None = None) -> TestClient:
        browser = TestClient(app, follow_redirects=False)
        if role is not None:
            entered = browser.post(f"/sign-in/{link_for(bank, role, person)}")
            assert entered.status_code == 303
        return browser

    return open_browser
