"""What became of the facts between two revisions."""

from __future__ import annotations

from bot.knowledge.difference import Added, Changed, Difference, Removed, Restored, Retracted, difference

from .folder import QUESTIONS_NAME, REPORT_NAME, Folder

KEY = "harbour-fire/hoses-burst"
WITHDRAWN = "    withdrawn: {on: 2031-02-04, why: {en: The harbour master corrected it.}}\n"
NEW_FACT = """\
  - id: boats-near
    topics: [damage]
    answer: {en: There were 150 boats.}
    cite: {paragraph: 2, quote: 150 boats}
    ask: {en: [how many boats were near]}
"""


def edited(folder: Folder, *edits: tuple[str, str]) -> Difference:
    """Return the difference that edits of the report make."""
    old = folder.load()
    for before, after in edits:
        folder.edit(REPORT_NAME, before, after)
    folder.lock()
    return difference(old, folder.load())


def test_the_same_facts_make_no_difference(folder: Folder) -> None:
    found = edited(folder)
    assert found == Difference()
    assert found.is_silent


def test_another_answer_is_a_change(folder: Folder) -> None:
    found = edited(folder, ("Three fire hoses burst", "Four fire hoses burst"))
    (change,) = found.facts
    assert isinstance(change, Changed)
    assert change.key == KEY
    assert change.parts == {"answer"}
    assert (change.old.answer.en[:5], change.new.answer.en[:5]) == ("Three", "Four ")
    assert change.source.id == "harbour-fire"


def test_another_quote_and_another_value_are_changes(folder: Folder) -> None:
    found = edited(folder, ("quote: three hoses burst", "quote: hoses burst"), ("is: 3", "is: 4"))
    assert [change.parts for change in found.changed] == [{"citation", "values"}]


def test_new_ways_to_ask_are_no_news_to_readers(folder: Folder) -> None:
    found = edited(folder, ("[how many hoses burst]", "[how many hoses burst, what burst]"))
    assert found == Difference(rephrased=(KEY,))
    assert found.is_silent


def test_a_new_fact_is_added_and_one_that_is_gone_is_removed(folder: Folder) -> None:
    found = edited(folder, ("  - id: when-closed\n", NEW_FACT + "  - id: day-closed\n"))
    assert [each.key for each in found.added] == ["harbour-fire/boats-near", "harbour-fire/day-closed"]
    assert [each.key for each in found.removed] == ["harbour-fire/when-closed"]
    assert all(isinstance(each, Added | Removed) for each in found.facts)


def test_a_withdrawal_is_told_once_and_undone_once(folder: Folder) -> None:
    found = edited(folder, ("  - id: when-closed\n", WITHDRAWN + "  - id: when-closed\n"))
    (change,) = found.facts
    assert isinstance(change, Retracted)
    assert change.new.withdrawn is not None
    assert edited(folder, ("corrected it", "took it back")) == Difference(rephrased=(KEY,))
    (change,) = edited(folder, (WITHDRAWN.replace("corrected it", "took it back"), "")).facts
    assert isinstance(change, Restored)


def test_a_fact_that_comes_or_goes_withdrawn_is_nobodys_news(folder: Folder) -> None:
    folder.write(QUESTIONS_NAME, "questions: []\n")
    folder.edit(REPORT_NAME, "  - id: when-closed\n", WITHDRAWN + "  - id: when-closed\n")
    folder.lock()
    found = edited(folder, ("id: hoses-burst", "id: burst-hoses"), ("nearest: [hoses-burst]", "nearest: []"))
    assert found == Difference(rephrased=("harbour-fire/burst-hoses", "harbour-fire/fire-cause", KEY))
