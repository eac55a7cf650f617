import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from standards import reading_any
from standards.doubt_wording import doubt_sentence
from standards.errors import StandardsError, UnreadableFile
from standards.finding_wording import finding_sentence
from standards.findings import proofread
from standards.quarantine import Reading, as_edition
from standards.reading_any import read_standard
from standards.reading_json import write_edition
from standards.shipped import shipped_editions
from standards.wording import sentence
from tests.sheet_files import csv_of, xlsx_of
from tests.standards.readings import proposed
from tests.standards.unit_pages import PAGE, QUALIFICATION, WORD_PAGE

_ROWS = [["code", "title", "ระดับ"], ["TST-WTRA-001A", "รดน้ำต้นไม้", "3"]]
_SAVED = json.dumps({"url": "https://example.org/qualifications/9", "content_text": QUALIFICATION})
_SAMPLES = {
    "edition": write_edition(shipped_editions()[1]),
    "page": PAGE.encode(),
    "cp874 page": PAGE.encode("cp874"),
    "utf-16 page": PAGE.encode("utf-16"),
    "word page": WORD_PAGE.encode("cp874"),
    "qualification": QUALIFICATION.encode(),
    "saved qualification": _SAVED.encode(),
    "csv": csv_of(_ROWS),
    "xlsx": xlsx_of(_ROWS),
}
_HEAD = replace(shipped_editions()[0], units=(), qualifications=())
_MOST_MEMORY = 500 * 1024 * 1024


def _read(data: bytes) -> Reading | StandardsError:
    """Return the reading or the refusal; any other exception fails the test."""
    try:
        return read_standard(data, name="some file")
    except StandardsError as error:
        return error


def _assert_read_or_refused(data: bytes) -> None:
    """Do with ``data`` what an import does: all of it works, or a refusal names the file."""
    reading = _read(data)
    if isinstance(reading, StandardsError):
        assert reading.values["file"] == "some file"
        assert sentence(reading).th
        assert sentence(reading).en
        return
    assert reading.units or reading.qualifications or reading.doubts, "nothing was read, and said"
    for doubt in reading.doubts:
        assert doubt_sentence(doubt).en
    for each in proofread(proposed(reading)):
        assert finding_sentence(each).en
    if reading.edition is None:
        assert as_edition(reading, _HEAD).units == reading.units


def _code(data: bytes) -> str:
    error = _read(data)
    assert isinstance(error, StandardsError)
    return error.code


@pytest.mark.parametrize("kind", _SAMPLES)
def test_every_kind_of_file_is_recognised_by_its_content(kind: str) -> None:
    reading = read_standard(_SAMPLES[kind], name="no.ending")
    assert reading.units
    assert (reading.edition is not None) == (kind == "edition")


def test_a_table_may_be_longer_than_any_page() -> None:
    rows = [_ROWS[0], *([f"TST-WTRA-{n:03d}A", "รดน้ำต้นไม้ " * 60, "3"] for n in range(2_500))]
    data = csv_of(rows)
    assert len(data) > 4 * 1024 * 1024
    assert len(read_standard(data, name="x").units) == 2_500


def test_an_edition_is_read_whole() -> None:
    edition = shipped_editions()[1]
    assert read_standard(_SAMPLES["edition"], name="x").edition == edition


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("CFDocument", "missing-field"),
        ("CFPackage", "unknown-field"),
        ("CFItems", "missing-field"),
        ("document", "other-case-name"),
    ],
)
def test_a_case_package_is_sent_to_its_own_reader(word: str, code: str) -> None:
    assert _code(json.dumps({word: {"title": "x"}}).encode()) == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \n", "empty-file"),
        (b"{}", "unknown-kind"),
        (b"[1, 2]", "unknown-kind"),
        (b"hello", "unknown-kind"),
        (b"%PDF-1.7", "unknown-kind"),
        (b'{"content_text": ', "not-json"),
        (b"[" * 200, "nested-too-deep"),
        (b'{"format": "competency-bank/edition/v1", "units": ' + b"[" * 99, "not-json"),
        (b"[" + b"0," * 1_000_001 + b"0]", "too-many-values"),
        (b'{"a": "' + b"a" * 1_000_001 + b'"}', "line-too-long"),
        (b"PK\x03\x04broken", "damaged-file"),
        (b"a" * (50 * 1024 * 1024 + 1), "file-too-large"),
        (b"code,title\n" + b"a" * 1_000_000, "cell-too-long"),
        (b"1. " + b"a" * 1_000_000, "cell-too-long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name(data: bytes, code: str) -> None:
    error = _read(data)
    assert isinstance(error, UnreadableFile)
    assert (error.code, error.values["file"]) == (code, "some file")


@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=200))
@example(data=b"{\xff")
@example(data=b"\xef\xbb\xbf{")
@example(data=b"\xff\xfe")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _assert_read_or_refused(data)


@settings(deadline=None, max_examples=120)
@given(
    kind=st.sampled_from([kind for kind in _SAMPLES if kind != "xlsx"]),
    seed=st.integers(),
    damages=st.integers(1, 6),
)
def test_any_damaged_file_is_read_or_refused(kind: str, seed: int, damages: int) -> None:
    """Bytes are changed, cut out, doubled and moved at random."""
    chance = random.Random(seed)
    data = bytearray(_SAMPLES[kind])
    for _ in range(damages):
        at, length = chance.randrange(len(data) + 1), chance.randrange(40)
        piece = bytes(data[at : at + length])
        match chance.randrange(4):
            case 0:
                data[at : at + length] = chance.randbytes(length)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = piece * chance.randrange(4)
            case _:
                data[at:at] = _SAMPLES["page"][:length]
    _assert_read_or_refused(bytes(data))


@settings(deadline=None, max_examples=10)
@given(at=st.integers(0, 4000), bits=st.integers(1, 255))
def test_a_damaged_workbook_is_read_or_refused(at: int, bits: int) -> None:
    data = bytearray(_SAMPLES["xlsx"])
    data[at % len(data)] ^= bits
    _assert_read_or_refused(bytes(data))


@pytest.mark.parametrize(
    "build",
    [
        'b\'{"format":"competency-bank/edition/v1","units":[\' + b"[]," * 999_000 + b"1]}"',
        (
            'b\'{"format":"competency-bank/edition/v1","units":{\''
            ' + b",".join(b\'"k%d":1\' % n for n in range(999_000)) + b"}}"'
        ),
        'b"[" * (50 * 1024 * 1024)',
        (
            'b\'{"format":"competency-bank/edition/v1","units":[\''
            ' + (b\'"\' + b"a" * 900_000 + b\'",\') * 55 + b"1]}"'
        ),
        '("1. รหัสหน่วยสมรรถนะ A\\n" * 60_000).encode()',
    ],
)
def test_no_file_of_50_mb_takes_500_mb_of_memory(build: str) -> None:
    """Measured as the most memory a process of its own held; the interpreter's share is in it.

    The kernel's high-water mark since the program began: ``ru_maxrss`` also counts what the test
    runner held in the moment of the fork.
    """
    program = (
        "import standards.reading_any as r\n"
        "from standards.errors import StandardsError\n"
        f"data = {build}\n"
        "try:\n    r.read_standard(data, name='x')\nexcept StandardsError:\n    pass\n"
        "status = open('/proc/self/status').read().split('VmHWM:')[1]\n"
        "print(status.split()[0])"
    )
    root = Path(reading_any.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, check=True
    )
    assert int(done.stdout) * 1024 < _MOST_MEMORY
