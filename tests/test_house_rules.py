"""House rules that no tool holds."""

import ast
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from competency_bank.storage import curriculum_tables, sharing_tables, tables

ROOT = Path(__file__).parent.parent
PACKAGES = ("competency_bank", "standards", "certificates")
MODULE_LINES = 300
FUNCTION_LINES = 40
BANNED_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "base", "core"}
REUSABLE_NAMES = {"__init__", "__main__", "errors"}


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "versions" not in path.parts)


PRODUCT = sources(*PACKAGES)


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    if not listed:
        pytest.skip("not a git checkout: what is committed cannot be told")
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


@pytest.mark.parametrize("path", PRODUCT, ids=str)
def test_a_module_has_at_most_300_lines_and_a_function_at_most_40(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1})"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]

    assert text.count("\n") <= MODULE_LINES
    assert not long


def test_each_file_name_is_used_once_and_says_what_the_file_holds() -> None:
    names = Counter(path.stem for path in PRODUCT if path.stem not in REUSABLE_NAMES)

    assert [name for name, count in names.items() if count > 1] == []
    assert not BANNED_NAMES & set(names)


@pytest.mark.parametrize("path", PRODUCT, ids=str)
def test_only_the_doors_read_the_clock(path: Path) -> None:
    """Rules that take the time as an argument can be asked about any day."""
    doors = ("cli", "web")
    if path.name == "bank.py" or path.parent.name in doors or path.stem in {"new", "__main__"}:
        return
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert not called & {"now", "utcnow", "today"}


def test_every_table_says_what_personal_data_it_holds() -> None:
    rows = [
        kind
        for module in (tables, curriculum_tables, sharing_tables)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, SQLModel) and hasattr(kind, "__table__")
    ]
    silent = [row.__name__ for row in rows if "Personal data:" not in (row.__doc__ or "")]

    assert len(rows) == len(SQLModel.metadata.tables)
    assert silent == []


def test_every_key_of_a_table_kept_for_each_learner_starts_with_the_learner() -> None:
    """That is what keeps spreading the bank over several databases by learner open."""
    wrong = []
    for table in SQLModel.metadata.tables.values():
        keys = [list(table.primary_key.columns)]
        keys += [list(index.columns) for index in table.indexes if index.unique]
        own = "learner_id" in table.columns and table.name != "paper_codes"
        wrong += [table.name for key in keys if own and key[0].name != "learner_id"]

    assert wrong == []


def test_the_map_in_the_readme_names_every_room() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = {
        f"{path.parent.relative_to(ROOT)}/"
        for path in PRODUCT
        if path.name == "__init__.py" and "migrations" not in path.parts
    }

    assert sorted(room for room in rooms if f"`{room}`" not in readme) == []


def test_nothing_committed_names_a_machine_path_or_a_package_registry() -> None:
    words = re.compile(
        rb"(?:^|[\s\"'=(])/(?:" + b"|".join([b"work", b"root", b"farm"]) + rb")/"
        rb"|--(?:extra-)?index-url|\"resolved\": \"http",
        re.MULTILINE,
    )
    allowed = {"test_house_rules.py", "Makefile"}
    found = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if path.name not in allowed and words.search(path.read_bytes())
    ]

    assert found == []


def test_nothing_committed_is_a_font_or_a_picture_of_somebody_else() -> None:
    kinds = {".ttf", ".otf", ".woff", ".woff2", ".js", ".min.css"}

    assert [path.name for path in tracked_files() if path.suffix in kinds] == []


def test_the_lock_files_hold_a_hash_for_every_package() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        packages = re.findall(
            r"^[a-z0-9][^\s=]*==[^\s\\]+ \\\n    --hash=sha256:", text, re.MULTILINE
        )

        assert len(packages) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
        assert "http://" not in text
        assert "https://" not in text
