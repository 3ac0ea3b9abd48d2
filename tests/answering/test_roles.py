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
