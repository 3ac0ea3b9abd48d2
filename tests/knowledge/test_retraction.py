"""Withdrawing a fact in its file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.bundle import Bundle
from bot.knowledge.difference import difference
from bot.knowledge.loader import build, bundle_of
from bot.knowledge.retraction import NoSuchFactError, withdrawing

from .folder import REPORT_NAME, Folder

DAY = date(2031, 2, 5)


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    """The files of a small fact base."""
    return bundle_of(Folder.create(tmp_path / "knowledge").path)


@pytest.mark.parametrize("why", ["The figure was wrong.", 'She said: "two", # not {three}', "Хибне число"])
@pytest.mark.parametrize("name", ["hoses-burst", "when-closed"])
def test_a_fact_is_withdrawn_and_nothing_else_changes(bundle: Bundle, name: str, why: str) -> None:
    changed = withdrawing(bundle, f"harbour-fire/{name}", on=DAY, why=why)
    found = difference(build(bundle), build(changed))
    (withdrawn,) = found.facts
    assert withdrawn.key == f"harbour-fire/{name}"
    assert found.withdrawn[0].new.withdrawn is not None
    assert (found.withdrawn[0].new.withdrawn.on, found.withdrawn[0].new.withdrawn.why.en) == (DAY, why)
    before = bundle.files[REPORT_NAME].decode().splitlines()
    after = changed.files[REPORT_NAME].decode().splitlines()
    assert len(after) == len(before) + 1


def test_a_fact_in_braces_can_be_withdrawn_too(bundle: Bundle) -> None:
    text = bundle.files[REPORT_NAME].decode()
    head, tail = text.index("  - id: when-closed"), text.index("\nunknowns:")
    flow = (
        "  - {id: when-closed, topics: [closure], answer: {en: The harbour was closed on Saturday.},\n"
        "     cite: {paragraph: 1, quote: closed on Saturday}, ask: {en: [when was the harbour closed]}}\n"
    )
    written = bundle.having(REPORT_NAME, f"{text[:head]}{flow}{text[tail:]}".encode())
    changed = build(withdrawing(written, "harbour-fire/when-closed", on=DAY, why="No."))
    assert [fact.id for fact in changed.reports[0].facts if fact.withdrawn] == ["when-closed"]


@pytest.mark.parametrize("key", ["harbour-fire/nothing", "nothing/hoses-burst", "hoses-burst"])
def test_a_fact_that_is_not_there_cannot_be_withdrawn(bundle: Bundle, key: str) -> None:
    with pytest.raises(NoSuchFactError):
        withdrawing(bundle, key, on=DAY, why="No.")
