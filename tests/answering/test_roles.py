from __future__ import annotations

import pytest

from .desk import Desk


@pytest.mark.parametrize(
    "text",
    [
        "the mayor accused Kranvik",
        "did the mayor accuse Kranvik",
        "whom did the mayor accuse",
        "Kranvik was accused by the mayor",
        "мерка звинуватила Кранвік",
    ],
)
def test_who_did_it_is_noticed(desk: Desk, text: str) -> None:
    understood = desk.understand(text)
    assert "mayor" in understood.actors
    assert "kranvik" not in understood.actors


@pytest.mark.parametrize(
    "text",
    [
        "accusations against the mayor",
        "the mayor was accused by Kranvik",
        "Кранвік звинуватив мерку",
    ],
)
def test_to_whom_it_was_done_is_noticed(desk: Desk, text: str) -> None:
    understood = desk.understand(text)
    assert "mayor" in understood.targets
    assert "mayor" not in understood.actors


@pytest.mark.parametrize("text", ["the mayor", "Kranvik and the mayor", "у мерки", "three hoses burst", ""])
def test_a_text_without_a_deed_has_no_roles(desk: Desk, text: str) -> None:
    understood = desk.understand(text)
    assert (understood.actors, understood.targets) == (frozenset(), frozenset())


def test_a_slavic_name_after_a_preposition_is_not_the_one_who_did_it(desk: Desk) -> None:
    assert desk.understand("про мерка сказали").actors == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "was the mayor disappointed in Kranvik",
        "the mayor was disappointed with Kranvik",
        "is the mayor happy about Kranvik",
    ],
)
def test_who_feels_is_the_one_who_does(desk: Desk, text: str) -> None:
    assert desk.understand(text).actors == {"mayor"}


@pytest.mark.parametrize(
    "text", ["was the mayor disappointed", "was the mayor accused by Kranvik", "the mayor in Oslo"]
)
def test_without_a_cause_nobody_is_shown_to_feel(desk: Desk, text: str) -> None:
    assert "mayor" not in desk.understand(text).actors


@pytest.mark.parametrize(
    "text", ["мерка була ціллю Кранвіка", "мэр была в городе", "Норвегія була ціллю", "капітан це людина"]
)
def test_who_merely_is_something_does_nothing(desk: Desk, text: str) -> None:
    assert desk.understand(text).actors == frozenset()


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("капітан звинуватив Кранвік", {"captain"}),
        ("начальник порту звинуватив Кранвік", {"harbour-master"}),
        ("шкипер обвинил Кранвик", {"captain"}),
        ("Кранвік звинуватив капітана", set()),  # of an organisation it could be the object as well
        ("звинуватили капітана", set()),
    ],
)
def test_a_slavic_person_in_the_nominative_is_the_one_who_did_it(desk: Desk, text: str, actors: set[str]) -> None:
    assert desk.understand(text).actors == actors
