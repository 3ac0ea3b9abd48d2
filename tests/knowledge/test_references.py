"""Every name in a report leads somewhere, and no id stands twice."""

from __future__ import annotations

import pytest

from .folder import QUESTIONS_NAME, REPORT_NAME, Folder

MISSING_FACT = "there is no fact hose-burst; did you mean hoses-burst?"


@pytest.mark.parametrize(
    ("old", "new", "path", "hint"),
    [
        ("about: [old-pier]", "about: [old-peir]", "facts[0].about[0]", "old-pier"),
        ("actor: night-shift", "actor: nigth-shift", "facts[0].actor", "night-shift"),
        ("target: old-pier", "target: old-pie", "facts[0].target", "old-pier"),
        ("within: harbour", "within: habrour", "entities.old-pier.within", "harbour"),
        ("within: norway", "within: norwya", "entities.harbour.within", "norway"),
        ("about: [harbour]", "about: [harbor]", "unknowns[0].about[0]", "harbour"),
    ],
)
def test_an_entity_that_does_not_exist_is_named_with_the_nearest_one(
    folder: Folder, old: str, new: str, path: str, hint: str
) -> None:
    wrong = new.partition(": ")[2].strip("[]")
    folder.edit(REPORT_NAME, f" {old}\n", f" {new}\n")
    place = folder.at(REPORT_NAME, new).rsplit(":", 1)[0]
    (problem,) = folder.problems()
    assert problem.startswith(f"{place}:")
    assert problem.endswith(f": {path}: there is no entity {wrong}; did you mean {hint}?")


def test_the_nearest_fact_of_an_unknown_must_exist(folder: Folder) -> None:
    folder.edit(REPORT_NAME, "nearest: [hoses-burst]", "nearest: [hose-burst]")
    assert folder.problems() == [
        f"{folder.at(REPORT_NAME, 'hose-burst')}: unknowns[0].nearest[0]: {MISSING_FACT}",
    ]


def test_a_name_that_is_like_no_other_gets_no_hint(folder: Folder) -> None:
    folder.edit(REPORT_NAME, "about: [harbour]", "about: [zzz]")
    assert folder.problems() == [f"{folder.at(REPORT_NAME, 'zzz')}: unknowns[0].about[0]: there is no entity zzz"]


@pytest.mark.parametrize("other", ["id: when-closed", "id: fire-cause"])
def test_an_id_that_stands_twice_is_refused_at_both_places(folder: Folder, other: str) -> None:
    folder.edit(REPORT_NAME, other, "id: hoses-burst")
    found = [problem for problem in folder.problems() if "stands more than once" in problem]
    lines = [n for n, line in enumerate(folder.read(REPORT_NAME).splitlines(), 1) if "id: hoses-burst" in line]
    assert [int(problem.split(":")[1]) for problem in found] == lines
    assert len(lines) == 2


@pytest.mark.parametrize("ask", ["ask: {en: [how many hoses burst]}", "ask: {en: [what caused the fire]}"])
def test_what_nobody_can_ask_for_is_refused(folder: Folder, ask: str) -> None:
    folder.edit(REPORT_NAME, ask, "ask: {}")
    (problem,) = folder.problems()
    assert problem.startswith(f"{folder.at(REPORT_NAME, 'ask: {}').rsplit(':', 1)[0]}:")
    assert "ask: write at least one way to ask for this" in problem


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ("[hoses-burst]", "[hose-burst]", "questions[0].cites[0]", MISSING_FACT),
        ("[hoses-burst]", "[fire-cause]", "questions[0].cites[0]", "there is no fact fire-cause"),
        ("fire-cause", "a-cause", "questions[1].unknown", "there is no unknown a-cause; did you mean fire-cause?"),
        ("fire-cause", "hoses-burst", "questions[1].unknown", "there is no unknown hoses-burst"),
    ],
)
def test_regression_questions_name_facts_and_unknowns_that_exist(
    folder: Folder, old: str, new: str, path: str, message: str
) -> None:
    folder.edit(QUESTIONS_NAME, old, new)
    line = 2 if path.startswith("questions[0]") else 3
    (problem,) = folder.problems()
    assert problem.startswith(f"knowledge/questions/harbour-fire.yaml:{line}:")
    assert problem.endswith(f": {path}: {message}")
