"""Whole trips through the pages, on a real database."""

import re

from competency_bank.bank import Bank
from competency_bank.domain.people import Role
from tests.competency_bank.web.conftest import Visit
from tests.competency_bank.web.school import (
    CLASS,
    HOLDER,
    LEAVER,
    MARK_UP,
    NEWCOMER,
    UNITS,
    link_for,
    papers,
    records,
)

HEADING = "เลขที่," + ",".join(UNITS) + ",วันที่ผ่าน\n"
SHEET = HEADING + "17,ผ่าน,ผ่าน,,29/4/2566\n1,ผ่าน,,,29/4/2566\n99,ผ่าน,,,29/4/2566\n"


def test_opening_a_link_uses_nothing_up_and_pressing_the_button_signs_in(
    bank: Bank, visit: Visit
) -> None:
    secret = link_for(bank, Role.LEARNER)
    browser = visit()
    for _ in range(3):
        assert browser.get(f"/sign-in/{secret}").status_code == 200
    assert "session" not in browser.cookies
    entered = browser.post(f"/sign-in/{secret}")
    assert (entered.status_code, entered.headers["location"]) == (303, "/me")
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_signing_in_replaces_a_session_that_was_planted(bank: Bank, visit: Visit) -> None:
    browser = visit()
    browser.cookies.set("session", "planted")
    browser.post(f"/sign-in/{link_for(bank, Role.LEARNER)}")
    assert browser.cookies.get("session", domain="testserver.local") != "planted"


def test_signing_out_ends_the_session_on_the_server(visit: Visit) -> None:
    browser = visit(Role.LEARNER)
    secret = browser.cookies["session"]
    assert browser.post("/sign-out").status_code == 303
    browser.cookies.set("session", secret)
    assert browser.get("/me").status_code == 401


def test_a_leaver_sees_the_units_kept_and_the_one_that_is_left(visit: Visit) -> None:
    page = visit(Role.LEARNER, LEAVER).get("/me").text
    assert all(code in page for code in UNITS)
    assert "เป็นของท่านตลอดไป" in page
    assert "ผ่านแล้ว 2 จาก 3 หน่วย" in page


def test_somebody_without_a_unit_is_told_that_there_is_nothing_to_do(visit: Visit) -> None:
    page = visit(Role.LEARNER, NEWCOMER).get("/me")
    assert page.status_code == 200
    assert "ยังไม่มีหน่วยที่ผ่าน" in page.text


def test_learners_download_their_own_documents_revoked_ones_too(bank: Bank, visit: Visit) -> None:
    browser, known = visit(Role.LEARNER, HOLDER), papers(bank)
    for serial in (known.issued, known.revoked):
        found = browser.get(f"/me/certificates/{serial}.pdf")
        assert found.content.startswith(b"%PDF")
        assert found.headers["content-disposition"] == f'attachment; filename="{serial}.pdf"'


def test_a_sheet_is_reviewed_first_then_recorded_once(bank: Bank, visit: Visit) -> None:
    browser, before, found = visit(Role.TEACHER), records(bank), bank.audit().findings
    sent = browser.post(f"/teach/{CLASS}/sheets", files={"sheet": ("ผล.csv", SHEET.encode())})
    assert sent.status_code == 303
    review = browser.get(sent.headers["location"])
    assert records(bank) == before
    assert "ยืนยันบันทึก 2 ผล" in review.text
    assert "แถว 4 คอลัมน์ A" in review.text
    done = browser.post(sent.headers["location"])
    assert done.status_code == 200
    assert "บันทึกแล้ว" in done.text
    assert records(bank) == before + 2
    again = browser.post(sent.headers["location"])
    assert (again.status_code, again.headers["location"]) == (303, f"/teach/{CLASS}?decided=true")
    assert records(bank) == before + 2
    assert bank.audit().findings == found


def test_a_cancelled_sheet_is_gone_and_nothing_of_it_recorded(bank: Bank, visit: Visit) -> None:
    browser, before = visit(Role.TEACHER), records(bank)
    sent = browser.post(f"/teach/{CLASS}/sheets", files={"sheet": ("a.csv", SHEET.encode())})
    assert browser.post(sent.headers["location"] + "/cancel").status_code == 303
    assert browser.get(sent.headers["location"]).status_code == 303
    with bank.reading() as transaction:
        rows = transaction.connection.exec_driver_sql("select count(*) from pending_sheets")
        assert rows.scalar() == 0
    assert records(bank) == before


def test_the_sheet_with_the_names_filled_in_can_be_sent_back_as_it_is(visit: Visit) -> None:
    browser = visit(Role.TEACHER)
    sheet = browser.get(f"/teach/{CLASS}/sheet.csv").content
    sent = browser.post(f"/teach/{CLASS}/sheets", files={"sheet": ("a.csv", sheet)})
    review = browser.get(sent.headers["location"])
    assert "ไม่มีผลใหม่ให้บันทึก" in review.text


def test_broken_sheets_give_a_readable_page_and_keep_nothing(bank: Bank, visit: Visit) -> None:
    browser, before = visit(Role.TEACHER), records(bank)
    broken = {
        "empty.csv": b" \n",
        "picture.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(50),
        "cut.xlsx": b"PK\x03\x04" + bytes(80),
        "nothing.csv": b"a,b\n1,2\n",
        "page.csv": b"<html><body>not a sheet</body></html>",
    }
    for name, data in broken.items():
        answer = browser.post(f"/teach/{CLASS}/sheets", files={"sheet": (name, data)})
        assert answer.status_code == 422, name
        assert f'href="/teach/{CLASS}"' in answer.text
        assert "กลับไปส่งไฟล์อีกครั้ง" in answer.text
    assert browser.post(f"/teach/{CLASS}/sheets").status_code == 422
    assert records(bank) == before


def test_a_file_is_checked_and_the_name_shown_only_when_the_seal_holds(
    bank: Bank, visit: Visit
) -> None:
    browser, known = visit(), papers(bank)
    document = (bank.settings.issued / f"{known.issued}.pdf").read_bytes()
    good = browser.post("/verify", files={"file": ("a.pdf", document)})
    assert "ถูกต้องและยังใช้ได้" in good.text
    assert "ตัวอย่างดี" in good.text
    changed = bytearray(document)
    changed[len(changed) // 2] ^= 1
    forged = browser.post("/verify", files={"file": ("a.pdf", bytes(changed))})
    assert "ไม่ตรงกับต้นฉบับ" in forged.text
    assert "ตัวอย่างดี" not in forged.text
    stranger = browser.post("/verify", files={"file": ("a.png", b"\x89PNG")})
    assert "ยังตรวจไม่ได้" in re.sub("<[^>]*>", "", stranger.text)


def test_a_paper_code_is_forgiven_its_spelling_and_shows_a_masked_name(
    bank: Bank, visit: Visit
) -> None:
    browser, known = visit(), papers(bank)
    for typed in (
        known.issued_code,
        known.issued_code.lower(),
        known.issued_code.replace("0", "O"),
    ):
        page = browser.get(f"/v/{typed}")
        assert page.status_code == 200
        assert "นางก•••" in page.text
        assert "ตัวอย่างดี" not in page.text
    assert browser.get(f"/V/{known.issued_code}").status_code == 200
    revoked = browser.get(f"/v/{known.revoked_code}")
    assert 'class="verdict changed"' in revoked.text


def test_a_typed_code_leads_to_its_page_and_never_puts_anything_else_into_an_address(
    bank: Bank, visit: Visit
) -> None:
    browser, code = visit(), papers(bank).issued_code
    spaced = " ".join(code[i : i + 5] for i in range(0, 26, 5)).lower()
    assert browser.post("/verify/code", data={"code": spaced}).headers["location"] == f"/v/{code}"
    wrong = browser.post("/verify/code", data={"code": "1234567890121"})
    assert wrong.status_code == 404
    assert "1234567890121" not in wrong.text


def test_unknown_and_malformed_codes_look_the_same_and_the_twenty_first_must_wait(
    bank: Bank, visit: Visit
) -> None:
    browser = visit()
    pages = [browser.get(f"/v/{code}") for code in ("0" * 26, "A", "%E0%B8%81", "X" * 26)]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1
    for _ in range(16):
        assert browser.get("/v/none").status_code == 404
    slowed = browser.get("/v/none")
    assert slowed.status_code == 429
    assert slowed.headers["retry-after"] == "600"
    assert browser.get(f"/v/{papers(bank).issued_code}").status_code == 200


def test_a_registrar_finds_a_learner_without_the_number_entering_an_address(visit: Visit) -> None:
    browser = visit(Role.REGISTRAR)
    found = browser.post("/registrar/people", data={"number": HOLDER})
    assert HOLDER not in found.headers["location"]
    page = browser.get(found.headers["location"])
    assert "1-XXXX-XXXXX-12-1" in page.text
    missed = browser.post("/registrar/people", data={"number": "1234567890121"})
    assert missed.status_code == 404
    assert "1234567890121" not in missed.text


def test_mark_up_in_names_and_file_names_is_shown_as_text(visit: Visit) -> None:
    teacher = visit(Role.TEACHER)
    sent = teacher.post(
        f"/teach/{CLASS}/sheets", files={"sheet": (f"{MARK_UP}.csv", SHEET.encode())}
    )
    pages = [
        teacher.get(f"/teach/{CLASS}"),
        teacher.get(sent.headers["location"]),
        visit().post("/verify", files={"file": (f"{MARK_UP}.pdf", b"x")}),
        visit().get("/standards", params={"q": MARK_UP}),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "<script" not in page.text
        assert "&lt;script&gt;" in page.text


def test_a_document_that_the_ledger_does_not_vouch_for_is_not_given_out(
    bank: Bank, visit: Visit
) -> None:
    """After a crash a sealed file may lie there that the next run seals anew."""
    serial = papers(bank).issued
    kept = bank.settings.issued / f"{serial}.pdf"
    document = kept.read_bytes()
    paths = (f"/me/certificates/{serial}.pdf", f"/registrar/certificates/{serial}.pdf")
    browsers = (visit(Role.LEARNER), visit(Role.REGISTRAR))
    kept.write_bytes(document + b"\n")
    torn = [browser.get(path).status_code for browser, path in zip(browsers, paths, strict=True)]
    kept.write_bytes(document)
    whole = [browser.get(path).status_code for browser, path in zip(browsers, paths, strict=True)]

    assert (torn, whole) == ([404, 404], [200, 200])
