"""Nothing over ten megabytes is read, whatever it claims."""

from collections.abc import Iterator

from competency_bank.domain.people import Role
from competency_bank.web.body_limit import BODY_LIMIT, FILE_LIMIT
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.school import CLASS


def pieces(total: int) -> Iterator[bytes]:
    """Yield a body without saying how long it will be."""
    for _ in range(total // 65536 + 1):
        yield bytes(65536)


def test_a_body_over_the_limit_is_refused_with_and_without_a_length(visit: Visit) -> None:
    browser = visit()
    for content in (bytes(BODY_LIMIT + 1), pieces(BODY_LIMIT)):
        answer = browser.post("/api/v1/verify", content=content)
        assert answer.status_code == 413
        assert answer.json()["code"] == "upload-too-large"


def test_a_file_over_the_limit_is_refused_on_the_page_and_links_back(visit: Visit) -> None:
    sheet = {"sheet": ("big.csv", b"a" * (FILE_LIMIT + 1))}
    answer = visit(Role.TEACHER).post(f"/teach/{CLASS}/sheets", files=sheet)
    assert answer.status_code == 413
    assert f'href="/teach/{CLASS}"' in answer.text


def test_a_file_of_exactly_the_limit_is_read(visit: Visit) -> None:
    answer = visit().post("/api/v1/verify", files={"file": ("big.pdf", b"%" * FILE_LIMIT)})
    assert answer.status_code == 200


def test_a_length_that_is_no_number_is_refused(visit: Visit) -> None:
    answer = visit().post("/verify", headers={"content-length": "-1"}, content=b"x")
    assert answer.status_code == 413
