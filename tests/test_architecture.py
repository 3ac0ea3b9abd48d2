"""The order of the code: imports go one way, nothing happens at import, modules stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot

PACKAGE = Path(bot.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 350  # lines

# A package or module of ours, and what neither it nor anything in it may import.
FORBIDDEN = {
    "bot.knowledge": (
        *("telegram", "sqlalchemy", "asyncio", "bot.answering", "bot.storage", "bot.publishing", "bot.chat", "bot.web"),
    ),
    "bot.answering": ("telegram", "sqlalchemy", "asyncio", "bot.storage", "bot.publishing", "bot.chat", "bot.web"),
    "bot.storage": ("bot.answering", "bot.publishing", "bot.alerts", "bot.inbox", "bot.chat", "bot.web", "bot.app"),
    "bot.publishing": ("telegram", "bot.alerts", "bot.inbox", "bot.chat", "bot.web", "bot.app"),
    "bot.alerts": ("telegram", "bot.inbox", "bot.chat", "bot.web", "bot.app"),
    "bot.rights": ("telegram", "sqlalchemy", "asyncio", "bot.answering", "bot.storage", "bot.publishing", "bot.chat"),
    "bot.inbox": ("bot.answering", "bot.publishing", "bot.alerts", "bot.chat", "bot.web", "bot.app"),
    "bot.health": ("bot.answering", "bot.chat", "bot.web", "bot.app"),
    "bot.web": ("bot.answering", "bot.storage", "bot.publishing", "bot.chat", "bot.app"),
    "bot.chat": ("bot.web", "bot.app", "bot.commands"),
    "bot.app": ("bot.commands", "bot.cli"),
    "bot.commands": ("bot.cli",),
}
TELEGRAM = "bot.chat"
"""The only package that imports the library for Telegram."""

# The migrations are run by Alembic, which gives them the context that they do their work in.
IMPORT_EVERYTHING = """
import importlib, socket, sys, threading

def refuse(*_, **__):
    raise AssertionError("a socket at import")

socket.socket.connect = socket.socket.bind = refuse
for name in sys.argv[1:]:
    importlib.import_module(name)
assert threading.enumerate() == [threading.main_thread()], threading.enumerate()
import asyncio
try:
    asyncio.get_running_loop()
except RuntimeError:
    print("quiet", end="")
"""


def name_of(path: Path) -> str:
    """Return a module's name."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    """Yield what a module imports, wherever in it; of ``from a import b`` both ``a`` and ``a.b``."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


@pytest.mark.parametrize("package", FORBIDDEN)
def test_imports_go_one_way(package: str) -> None:
    inside = [path for path in MODULES if is_within(name_of(path), package)]
    assert inside, f"there is no {package} any more"
    wrong = {
        f"{name_of(path)} imports {name}"
        for path in inside
        for name in imported(path)
        for other in FORBIDDEN[package]
        if is_within(name, other)
    }
    assert wrong == set()


def test_only_the_chat_knows_the_library_for_telegram() -> None:
    users = {name_of(path) for path in MODULES if any(is_within(name, "telegram") for name in imported(path))}
    assert users
    assert {name for name in users if not is_within(name, TELEGRAM)} == set()


def test_what_answers_does_not_bring_in_what_talks(tmp_path: Path) -> None:
    script = "import sys, bot.answering.engine; print(sorted({'telegram', 'sqlalchemy', 'asyncio'} & {*sys.modules}))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (found.stdout, found.stderr) == ("[]\n", "")


def test_importing_any_module_starts_nothing(tmp_path: Path) -> None:
    names = [name_of(path) for path in MODULES if "migrations" not in path.parts]
    command = [sys.executable, "-W", "error", "-c", IMPORT_EVERYTHING, *names]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "quiet", "")
    assert list(tmp_path.iterdir()) == []


def test_modules_stay_small() -> None:
    sizes = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in sizes.items() if lines > LONGEST_MODULE} == {}
