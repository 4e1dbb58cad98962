"""The layers of the design, as far as a machine can see them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "handlers", "storage")
MESSENGER = ("bot/telegram", "bot/sandbox", "handlers", "bot/app.py", "bot/demo")
NAMELESS = {"utils", "helpers", "misc", "common", "manager", "base"}


def _modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


@cache  # four tests ask: to parse the whole program takes a second
def _imports(module: Path) -> frozenset[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return frozenset(names)


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_part_of_the_program_has_its_layer() -> None:
    """A new package without one would be bound by no contract."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    placed = {name.strip() for layer in layers for name in layer.split("|")}
    parts = {f"bot.{m.stem}" for m in (ROOT / "bot").glob("*.py") if m.stem != "__init__"}
    parts |= {f"bot.{package.parent.name}" for package in (ROOT / "bot").glob("*/__init__.py")}
    assert parts | {"handlers", "storage"} == placed


def test_only_the_messengers_side_imports_aiogram() -> None:
    guilty = [
        str(module.relative_to(ROOT))
        for module in _modules()
        if any(name.split(".")[0] == "aiogram" for name in _imports(module))
        and not str(module.relative_to(ROOT)).startswith(MESSENGER)
    ]
    assert guilty == []


def test_the_rules_import_nothing_but_the_two_libraries_of_time() -> None:
    allowed = {"dateutil", "holidays", "bot"} | set(sys.stdlib_module_names)
    foreign = {
        f"{module.relative_to(ROOT)}: {name}"
        for module in (ROOT / "bot/domain").rglob("*.py")
        for name in _imports(module)
        if name.split(".")[0] not in allowed or (name.startswith("bot") and not name.startswith("bot.domain"))
    }
    assert foreign == set()


def test_only_the_storage_knows_sql() -> None:
    guilty = [
        str(module.relative_to(ROOT))
        for module in _modules()
        if any(name.split(".")[0] in {"sqlalchemy", "alembic", "aiosqlite", "sqlite3"} for name in _imports(module))
        and module.relative_to(ROOT).parts[0] != "storage"
    ]
    assert guilty == []


def test_dialects_differ_in_one_module() -> None:
    """Beside the driver of one of them, which is nothing else."""
    guilty = [
        str(module.relative_to(ROOT))
        for module in _modules()
        if any(name.startswith("sqlalchemy.dialects") for name in _imports(module))
        and module.name not in {"dialect.py", "sqlite_driver.py"}
    ]
    assert guilty == []


def test_what_only_one_database_is_told_is_said_in_one_module() -> None:
    """Migrations aside: each says for good what it was."""
    guilty = [
        str(module.relative_to(ROOT))
        for module in _modules()
        if module.name != "dialect.py" and module.parent.name != "versions"
        if re.search(r"with_for_update|on_conflict_do|_where=", module.read_text(encoding="utf-8"))
    ]
    assert guilty == []


def test_every_package_marker_is_empty() -> None:
    filled = [str(m.relative_to(ROOT)) for m in _modules() if m.name == "__init__.py" and m.read_text(encoding="utf-8")]
    assert filled == []


def test_no_module_is_named_after_nothing() -> None:
    assert [str(m.relative_to(ROOT)) for m in _modules() if m.stem in NAMELESS] == []


def test_the_clock_is_read_in_one_place() -> None:
    """Ruff bans the calls by name; this also sees ``time.time``."""
    guilty = [
        str(module.relative_to(ROOT))
        for module in _modules()
        if module.relative_to(ROOT) != Path("bot/clock.py")
        and any(call in module.read_text(encoding="utf-8") for call in ("datetime.now(", "utcnow(", "time.time("))
    ]
    assert guilty == []


def test_commands_without_a_messenger_do_not_import_aiogram() -> None:
    """aiogram costs seconds and 170 MB at every start."""
    commands = [("deadline", "до 15 ноября 2026 года"), ("document", "--help"), ("people", "--help")]
    code = (
        "import sys\n"
        "from bot.cli import main\n"
        f"for command in {commands!r}:\n"
        "    sys.argv = ['bot', *command]\n"
        "    try: main()\n"
        "    except SystemExit: pass\n"
        "    print(command[0], 'LOADED' if 'aiogram' in sys.modules else 'CLEAN')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    found = [line for line in done.stdout.splitlines() if line.endswith(("LOADED", "CLEAN"))]
    assert found == [f"{command[0]} CLEAN" for command in commands], done.stdout + done.stderr


def test_every_package_that_is_imported_is_declared() -> None:
    """One that comes along with another would be gone when the other stops needing it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[\[<>=; ]", line)[0].lower().replace("-", "_") for line in project["dependencies"]}
    providers = packages_distributions()
    own = {*sys.stdlib_module_names, *PACKAGES}
    imported = {name.split(".")[0] for module in _modules() for name in _imports(module)} - own
    undeclared = {
        name for name in imported if not {d.lower().replace("-", "_") for d in providers.get(name, [name])} & declared
    }
    assert undeclared == set()
