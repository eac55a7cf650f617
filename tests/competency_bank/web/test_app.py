"""What holds for every route: headers, errors, languages, and no number that identifies."""

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from competency_bank.bank import Bank
from competency_bank.domain.people import Role
from competency_bank.web.app import ROUTERS
from competency_bank.web.page_headers import CONTENT_POLICY
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.reading_pages import PageText, thai_words
from tests.competency_bank.web.school import CLASS, HOLDER, NEWCOMER, papers, person_id

LONG_NUMBER = re.compile(r"(?<![0-9a-f])[0-9]{13}(?![0-9a-f])")


def routes() -> Iterator[tuple[str, str]]:
    """Yield method and path of every route."""
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute):
                for method in sorted(route.methods or ()):
                    yield method, route.path


ROUTES = sorted(set(routes()))


@pytest.fixture
def places(bank: Bank) -> dict[str, str]:
    """Return a real value for every part of an address."""
    known = papers(bank)
    return {
        "class_id": CLASS,
        "path": "CFDocuments",
        "sheet_id": "none",
        "serial": known.issued,
        "code": known.issued_code,
        "secret": "none",
        "name": "sarabun-400",
        "number": "1",
        "entry": "0",
        "kid": "none",
        "person_id": person_id(bank, HOLDER),
        "learner": person_id(bank, HOLDER),
    }


def test_every_route_answers_with_every_security_header(
    visit: Visit, places: dict[str, str]
) -> None:
    browsers = [visit(), *(visit(role) for role in Role)]
    for method, path in ROUTES:
        if path == "/sign-out":
            continue
        for browser in browsers:
            answer = browser.request(method, path.replace(":path", "").format(**places))
            headers = answer.headers
            assert answer.status_code < 500, (method, path)
            assert headers["content-security-policy"] == CONTENT_POLICY, path
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["cross-origin-opener-policy"] == "same-origin"
            assert "camera=()" in headers["permissions-policy"]
            assert "cache-control" in headers
            if path.startswith(("/me", "/v/", "/V/", "/teach", "/registrar")):
                assert headers["cache-control"] == "no-store"
                assert "noindex" in headers["x-robots-tag"]


def test_unknown_pages_and_refused_methods_have_the_headers_too(visit: Visit) -> None:
    for answer in (visit().get("/nowhere"), visit().delete("/"), visit().post("/me")):
        assert answer.status_code in {404, 405}
        assert answer.headers["content-security-policy"] == CONTENT_POLICY


PAGES: dict[Role | None, tuple[str, ...]] = {
    None: (
        "/",
        "/verify",
        "/sign-in",
        "/sign-in/x",
        "/trust",
        "/standards",
        "/nowhere",
        "/me",
        "/standards?q=THR-HOH-1-194ZB",
        "/standards?q=zzz",
        "/v/none",
        "/v/{code}",
    ),
    Role.LEARNER: ("/me", "/teach"),
    Role.TEACHER: ("/teach", "/teach/{class_id}", "/teach/none"),
    Role.REGISTRAR: ("/registrar", "/registrar/people/{person_id}", "/registrar/people/none"),
    Role.CURRICULUM: ("/curriculum",),
    Role.TPQI: ("/tpqi",),
}


@pytest.mark.parametrize("role", PAGES)
def test_every_page_is_whole_in_both_languages(
    role: Role | None, visit: Visit, places: dict[str, str]
) -> None:
    """English pages hold Thai letters only where names and titles are marked as Thai."""
    browser = visit(role)
    for path in PAGES[role]:
        address = path.replace(":path", "").format(**places)
        mark = "&" if "?" in address else "?"
        english = browser.get(f"{address}{mark}lang=en")
        assert '<html lang="en">' in english.text
        assert thai_words(english.text) == [], path
        thai = browser.get(f"{address}{mark}lang=th")
        assert '<html lang="th">' in thai.text
        for page in (english, thai):
            text = PageText(page.text)
            assert text.tags.count("h1") == 1, path
            assert "script" not in text.tags
            assert not re.search(r"\sstyle=|\son[a-z]+=", page.text), path
            assert LONG_NUMBER.search(page.text) is None, path


def test_the_language_chosen_once_stays(visit: Visit) -> None:
    browser = visit()
    browser.get("/?lang=en")
    assert '<html lang="en">' in browser.get("/verify").text
    assert '<html lang="th">' in browser.get("/verify?lang=th").text
    assert '<html lang="th">' in browser.get("/?lang=xx").text


def test_dates_are_of_the_buddhist_era_in_thai_and_of_the_common_era_in_english(
    visit: Visit,
) -> None:
    browser = visit(Role.LEARNER)
    assert '<time datetime="2023-04-29">29 เมษายน พ.ศ. 2566</time>' in browser.get("/me").text
    assert '<time datetime="2023-04-29">29 April 2023</time>' in browser.get("/me?lang=en").text


def test_an_identity_number_in_an_address_is_not_repeated(visit: Visit) -> None:
    number = "1234567890121"
    for role in (None, *Role):
        browser = visit(role)
        for path in (
            f"/{number}",
            f"/teach/{number}",
            f"/v/{number}",
            f"/standards?q={number}",
            f"/registrar/people/{number}",
            f"/api/v1/learners/{number}/path",
            f"/assets/{number}.woff2",
            f"/status/{number}",
            f"/status/x{number}",
            f"/teach/{CLASS}?decided={number}",
        ):
            assert number not in browser.get(path).text, path


def test_the_machine_description_is_served_and_no_page_of_documentation(visit: Visit) -> None:
    described = visit().get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        "/api/v1/verify",
        "/api/v1/learners/{learner}/holdings",
        "/api/v1/learners/{learner}/path",
        "/api/v1/classes/{class_id}/records",
        "/api/v1/shares/{secret}",
        "/api/v1/feeds/passed-units",
    }
    assert visit().get("/docs").status_code == 404
    assert visit().get("/redoc").status_code == 404


def test_every_page_links_only_to_this_site(visit: Visit, places: dict[str, str]) -> None:
    for role, paths in PAGES.items():
        browser = visit(role)
        for path in paths:
            html = browser.get(path.replace(":path", "").format(**places)).text
            for target in re.findall(r'(?:href|src|action)="([^"]*)"', html):
                own = target.startswith(("/", "#", "data:"))
                assert own, (path, target)


def test_somebody_with_no_certificate_sees_no_certificate(visit: Visit) -> None:
    assert ".pdf" not in visit(Role.LEARNER, NEWCOMER).get("/me").text


def test_the_operators_pages_answer(visit: Visit) -> None:
    browser = visit()
    assert browser.get("/livez").text == "alive\n"
    assert browser.get("/readyz").text == "ready\n"
    assert "Disallow: /me" in browser.get("/robots.txt").text
    assert "Expires: 20" in browser.get("/.well-known/security.txt").text
    assert browser.get("/trust/trust.json").json()
    assert browser.get("/status/1").text.count(".") == 2
    assert browser.get("/status/99").status_code == 404
