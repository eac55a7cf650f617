"""An issuer's folder: what is right is taken, what is not is refused with file and reason."""

import os
import re
from collections.abc import Callable
from math import isqrt
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from certificates.document.issuer_folder import MOST_PICTURES, read_issuer_folder
from certificates.document.issuer_marks import NO_MARKS
from certificates.errors import CannotSet, CertificateError, MarkUnusable
from certificates.issuing_sentences import MARKS, sentence_for
from tests.certificates.drawn_marks import PEOPLE, emblem, png, signatories, signature, write_marks

ROOT = Path(__file__).parents[3]
Sabotage = Callable[[Path], object]


def refused(folder: Path) -> MarkUnusable:
    with pytest.raises(MarkUnusable) as caught:
        read_issuer_folder(folder)
    assert caught.value.code in MARKS
    said = sentence_for(caught.value)
    assert re.search("[ก-๙]", said.th)
    assert not re.search("[ก-๙]", said.en)
    for each in (said.th, said.en):
        assert str(caught.value.values["file"]) in each
        assert "{" not in each
    return caught.value


def noise(width: int, height: int) -> Image.Image:
    """Return a grey picture that no packing makes smaller; the same one always."""
    return Image.frombytes("L", (width, height), Random(7).randbytes(width * height))


def instead(folder: Path, name: str, put: Callable[[Path], object]) -> None:
    """Put something else in the place of a file."""
    (folder / name).unlink()
    put(folder / name)


def toml(folder: Path, text: str) -> None:
    (folder / "signatories.toml").write_text(text, encoding="utf-8")


def test_without_a_folder_or_in_an_empty_one_there_are_no_marks(tmp_path: Path) -> None:
    assert read_issuer_folder(tmp_path / "issuer") == NO_MARKS
    (tmp_path / ".DS_Store").write_bytes(b"left by a desktop")
    assert read_issuer_folder(tmp_path) == NO_MARKS


def test_emblem_names_offices_and_signatures_are_read(tmp_path: Path) -> None:
    marks = read_issuer_folder(write_marks(tmp_path))
    assert marks.emblem is not None
    assert (marks.emblem.width, marks.emblem.height) == (180, 180)
    said = [
        (each.name_th, each.name_en, each.office_th, each.office_en) for each in marks.signatories
    ]
    assert said == list(PEOPLE)
    assert [name for name, _ in marks.pictures] == ["Emblem", "Signature1", "Signature2"]
    assert all(each.signature is not None for each in marks.signatories)


def test_an_emblem_alone_or_signatories_without_pictures_are_enough(tmp_path: Path) -> None:
    assert read_issuer_folder(write_marks(tmp_path / "a", people=0)).signatories == ()
    marks = read_issuer_folder(write_marks(tmp_path / "b", people=1, signed=False))
    assert marks.signatories[0].signature is None


def test_the_second_may_have_a_signature_where_the_first_signs_by_pen(tmp_path: Path) -> None:
    folder = write_marks(tmp_path)
    (folder / "signature-1.png").unlink()
    first, second = read_issuer_folder(folder).signatories
    assert first.signature is None
    assert second.signature is not None


SABOTAGES: dict[str, tuple[str, str, Sabotage]] = {
    "another name": (
        "marks-unknown-file",
        "Emblem.PNG",
        lambda home: (home / "emblem.png").rename(home / "Emblem.PNG"),
    ),
    "another format": (
        "marks-unknown-file",
        "emblem.jpg",
        lambda home: (home / "emblem.jpg").write_bytes(b"\xff\xd8"),
    ),
    "a folder for a file": (
        "marks-unreadable",
        "emblem.png",
        lambda home: instead(home, "emblem.png", Path.mkdir),
    ),
    "a pipe for a file": (
        "marks-unreadable",
        "emblem.png",
        lambda home: instead(home, "emblem.png", os.mkfifo),
    ),
    "a link to nowhere": (
        "marks-unreadable",
        "emblem.png",
        lambda home: instead(home, "emblem.png", lambda file: file.symlink_to("gone")),
    ),
    "no picture": (
        "picture-not-png",
        "signature-1.png",
        lambda home: (home / "signature-1.png").write_bytes(b""),
    ),
    "half a picture": (
        "picture-damaged",
        "emblem.png",
        lambda home: (home / "emblem.png").write_bytes(png(emblem())[:-40]),
    ),
    "all clear": (
        "picture-blank",
        "signature-2.png",
        lambda home: (home / "signature-2.png").write_bytes(
            png(Image.new("RGBA", (50, 20), (9, 9, 9, 0)))
        ),
    ),
    "all white": (
        "picture-blank",
        "emblem.png",
        lambda home: (home / "emblem.png").write_bytes(png(Image.new("L", (50, 50), 255))),
    ),
    "nobody for a signature": (
        "signature-of-nobody",
        "signature-2.png",
        lambda home: toml(home, signatories(1)),
    ),
    "no list": (
        "signature-of-nobody",
        "signature-1.png",
        lambda home: (home / "signatories.toml").unlink(),
    ),
    "no TOML": ("signatories-form", "signatories.toml", lambda home: toml(home, "[[signatory]")),
    "no UTF-8": (
        "signatories-form",
        "signatories.toml",
        lambda home: (home / "signatories.toml").write_bytes(signatories(1).encode("cp874")),
    ),
    "nobody": ("signatories-form", "signatories.toml", lambda home: toml(home, "")),
    "an empty list": (
        "signatories-many",
        "signatories.toml",
        lambda home: toml(home, "signatory = []"),
    ),
    "three": (
        "signatories-many",
        "signatories.toml",
        lambda home: toml(home, signatories(1) * 3),
    ),
    "no list of tables": (
        "signatories-form",
        "signatories.toml",
        lambda home: toml(home, "signatory = 2"),
    ),
    "no tables": (
        "signatories-form",
        "signatories.toml",
        lambda home: toml(home, 'signatory = ["a", "b"]'),
    ),
    "a slip in a field": (
        "signatories-form",
        "signatories.toml",
        lambda home: toml(home, signatories(2).replace("office_en", "ofice_en", 1)),
    ),
    "a field too many": (
        "signatories-form",
        "signatories.toml",
        lambda home: toml(home, signatories(2) + 'rank = "1"\n'),
    ),
    "a field too few": (
        "signatories-form",
        "signatories.toml",
        lambda home: toml(home, signatories(2).rsplit("office_en", 1)[0]),
    ),
    "a number for a name": (
        "signatories-form",
        "signatories.toml",
        lambda home: toml(home, signatories(2).replace('"Ms Sommut Tuayangdee"', "7")),
    ),
    "something besides": (
        "signatories-form",
        "signatories.toml",
        lambda home: toml(home, 'owner = "x"\n' + signatories(2)),
    ),
    "far too long": (
        "signatories-form",
        "signatories.toml",
        lambda home: toml(home, signatories(2) + "#" * 9_000),
    ),
    "nested without end": (
        "signatories-form",
        "signatories.toml",
        lambda home: toml(home, "signatory = " + "[" * 8_000),
    ),
}


@pytest.mark.parametrize("name", SABOTAGES)
def test_what_cannot_be_used_is_refused_by_file_and_reason(name: str, tmp_path: Path) -> None:
    code, file, sabotage = SABOTAGES[name]
    folder = write_marks(tmp_path / "issuer")
    sabotage(folder)
    error = refused(folder)
    assert (error.code, error.values["file"]) == (code, file)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("นางสาวสมมุติ", "นางสาว" + "สมมุติ" * 20, "too-long"),
        ("Ms Sommut", "", "empty"),
        ("Ms Sommut", "Ms\\u202eSommut", "unseen-character"),
        ("Ms Sommut", "Ms\\nSommut", "unseen-character"),
        ("Ms Sommut", "漢字", "no-glyph"),
        ("ผู้อำนวยการสำนักสมมุติ", "่ผู้อำนวยการ", "misplaced-mark"),
    ],
)
def test_a_text_that_the_page_cannot_show_is_refused_by_name(
    old: str, new: str, code: str, tmp_path: Path
) -> None:
    folder = write_marks(tmp_path)
    text = signatories(2).replace(old if new else "Ms Sommut Tuayangdee", new)
    toml(folder, text)
    with pytest.raises(CannotSet) as caught:
        read_issuer_folder(folder)
    assert caught.value.code == code
    assert "signatory 1: " in str(caught.value.values["field"])


def test_pictures_that_do_not_fit_together_are_refused_with_what_is_left(tmp_path: Path) -> None:
    folder = write_marks(tmp_path)
    (folder / "signature-2.png").write_bytes(png(noise(MOST_PICTURES // 80, 80)))
    error = refused(folder)
    assert (error.code, error.values["file"]) == ("picture-heavy", "signature-2.png")
    marks = read_issuer_folder(write_marks(tmp_path / "right", people=1))
    left = MOST_PICTURES - sum(each.size for _, each in marks.pictures)
    assert error.values["left"] == f"{left / 1_000:.1f}"
    assert f"{left / 1_000:.1f}" in sentence_for(error).th
    assert f"{MOST_PICTURES / 1_000:.1f}" in sentence_for(error).en


def test_a_picture_as_large_as_may_be_is_taken_and_one_a_little_larger_is_not(
    tmp_path: Path,
) -> None:
    near = isqrt(MOST_PICTURES)
    largest = max(side for side in range(near - 9, near + 9) if _takes(tmp_path / f"{side}", side))
    assert near - 4 <= largest < near
    assert not _takes(tmp_path / "larger", largest + 1)


def _takes(folder: Path, side: int) -> bool:
    folder.mkdir(parents=True)
    (folder / "emblem.png").write_bytes(png(noise(side, side)))
    try:
        read_issuer_folder(folder)
    except MarkUnusable:
        return False
    return True


@settings(deadline=None, max_examples=100)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_the_list_holds_nothing_but_a_named_refusal_comes_out(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("issuer")
    (folder / "signatories.toml").write_bytes(data)
    with pytest.raises(CertificateError) as caught:
        read_issuer_folder(folder)
    assert sentence_for(caught.value).th


def test_every_reason_is_said_in_both_languages() -> None:
    rooms = ("png_reading", "issuer_folder")
    text = "".join(
        (ROOT / "certificates" / "document" / f"{room}.py").read_text(encoding="utf-8")
        for room in rooms
    )
    raised = set(re.findall(r'MarkUnusable\(\s*"([a-z-]+)"', text))
    assert raised == set(MARKS)
    for said in MARKS.values():
        assert re.search("[ก-๙]", said.th)
        assert not re.search("[ก-๙]", said.en)


def test_a_signature_is_kept_apart_from_the_emblem(tmp_path: Path) -> None:
    marks = read_issuer_folder(write_marks(tmp_path, people=1))
    assert marks.emblem != marks.signatories[0].signature
    assert (tmp_path / "signature-1.png").read_bytes() == png(signature(turn=1.7))
