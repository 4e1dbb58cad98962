"""What the documents promise stands in the program, and what stands in the program is documented."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import typer.main

from bot.cli import app
from bot.config import Settings
from handlers.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


OWNERS_GUIDE = ROOT / "docs/ru/руководство-владельца.md"
_WARNING = {"warning", "error", "exception", "critical", "note"}
_WARNS = re.compile(r"(log\.(warning|error|exception|critical)|outage\.note)$")
SETTINGS = README[README.index("### Settings") : README.index("### The command line")]


def test_every_setting_is_described_once_and_nothing_else_is() -> None:
    """A second line about one setting would tell something else sooner or later."""
    first_cells = "\n".join(line.split("|")[1] for line in SETTINGS.splitlines() if line.startswith("| `"))
    every = sorted(name.upper() for name in Settings.model_fields)
    assert sorted(re.findall(r"`([A-Z_]+)`", first_cells)) == every, "in the README"
    assert sorted(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)) == every, "in .env.example"


def test_the_example_is_a_valid_configuration(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(EXAMPLE, encoding="utf-8")
    Settings(_env_file=file)  # type: ignore[call-arg]  # pydantic-settings takes it beside the fields


def test_every_command_of_the_command_line_is_in_the_readme() -> None:
    group = typer.main.get_command(app)
    assert {name for name in group.commands if f"python -m bot {name}" not in README} == set()  # type: ignore[attr-defined]  # click's Group


def test_every_command_of_the_bot_is_in_the_readme() -> None:
    table = README[README.index("### The bot's commands") : README.index("## When things go wrong")]
    described = set(re.findall(r"`/(\w+)`", table))
    assert described == {command.name for command in COMMANDS} | {"start"}


def test_every_line_of_the_log_that_warns_is_explained_to_the_owner() -> None:
    guide = OWNERS_GUIDE.read_text(encoding="utf-8")
    modules = [file for part in ("bot", "handlers", "storage") for file in (ROOT / part).rglob("*.py")]
    lines = {line for file in modules for line in _warnings_in(file)}
    assert "the sender stumbled" in lines, "they are found at all"
    assert {line for line in lines if f"`{line}`" not in guide} == set()


def test_every_message_to_the_owner_is_explained_to_him() -> None:
    guide = OWNERS_GUIDE.read_text(encoding="utf-8")
    words = (ROOT / "bot/texts/ru/notices.ftl").read_text(encoding="utf-8")
    headings = re.findall(r"^owner-[a-z-]+ = (\S+) <b>([^{<]+)", words, re.MULTILINE)
    assert len(headings) > 5
    assert {heading for sign, heading in headings if f"{sign} {heading.removesuffix(' на ')}" not in guide} == set()


def test_every_class_of_the_rules_is_in_the_glossary() -> None:
    """Errors say themselves what they mean; the grammar of terms has a page of its own."""
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    terms = {term.replace(" ", "").lower() for term in re.findall(r"^\| ([a-z ]+) \|", glossary, re.MULTILINE)}
    missing = {
        node.name
        for module in (ROOT / "bot/domain").glob("*.py")
        for node in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not node.name.endswith("Error")
        if node.name.lower() not in terms and f"`{node.name}`" not in glossary
    }
    assert missing == set()


def test_every_module_that_a_page_names_exists() -> None:
    """The glossary and the architecture send the reader to modules; a renamed one would lead nowhere."""
    pages = [ROOT / "docs/glossary.md", ROOT / "docs/architecture.md"]
    named = {
        place for page in pages for place in re.findall(r"`((?:bot|handlers|storage)/[\w/]+[\w.]*)`", page.read_text())
    }
    assert {place for place in named if not (ROOT / place).exists()} == set()


def test_every_package_is_in_the_architecture() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    packages = {
        str(file.parent.relative_to(ROOT))
        for part in ("bot", "handlers", "storage")
        for file in (ROOT / part).rglob("*/__init__.py")
        if file.parent.name != "versions"
    }
    assert {package for package in packages if f"`{package}`" not in page} == set()


def test_every_decision_is_listed_in_order() -> None:
    folder = ROOT / "docs/decisions"
    listed = re.findall(r"^(\d+)\. \[.+\]\((\d{4}-[\w-]+\.md)\)$", (folder / "README.md").read_text(), re.MULTILINE)
    files = sorted(file.name for file in folder.glob("[0-9]*.md"))
    assert listed == [(str(number), name) for number, name in enumerate(files, start=1)]
    assert all((folder / name).read_text(encoding="utf-8").startswith(f"# {number}. ") for number, name in listed)


def test_every_picture_and_page_that_is_linked_exists() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_no_file_names_a_package_registry() -> None:
    files = ["pyproject.toml", "requirements.lock", "requirements-dev.lock", "Makefile", "README.md", ".ci/run"]
    named = [
        file for file in files if re.search(r"pypi\.org|pythonhosted|--index-url\s+http", (ROOT / file).read_text())
    ]
    assert named == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_pinned_package_has_hashes(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8").strip())
    assert [block.splitlines()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_the_page_of_events_shows_every_picture_and_no_other() -> None:
    page = (ROOT / "docs/events.md").read_text(encoding="utf-8")
    shown = re.findall(r"\(pictures/events/([\w-]+\.png)\)", page)
    assert sorted(shown) == sorted(file.name for file in (ROOT / "docs/pictures/events").glob("*.png"))


def test_the_page_of_events_points_to_code_that_exists() -> None:
    page = (ROOT / "docs/events.md").read_text(encoding="utf-8")
    linked = re.findall(r"\(\.\./(bot/[\w/]+\.py)\)", page)
    assert linked
    assert [path for path in linked if not (ROOT / path).is_file()] == []


def _warnings_in(file: Path) -> set[str]:
    """The words that a module logs as a warning or worse; an outage's may be chosen by a function ``_words``."""
    text = file.read_text(encoding="utf-8")
    if "log." not in text and "outage" not in text:  # to take every module apart takes seconds
        return set()
    tree = ast.parse(text)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    methods = [
        call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in _WARNING and call.args
    ]
    said = [call.args[0] for call in methods if _WARNS.search(ast.unparse(call.func))]
    chosen = [
        answer.value
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name == "_words" and "outages" in ast.unparse(tree)
        for answer in ast.walk(function)
        if isinstance(answer, ast.Return)
    ]
    return {word.value for word in (*said, *chosen) if isinstance(word, ast.Constant) and isinstance(word.value, str)}
