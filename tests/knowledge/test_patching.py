"""Additions to a report stay among what the editor wrote: comments, order and layout are as before."""

from __future__ import annotations

import pytest

from bot.knowledge.document import parse
from bot.knowledge.models import Report, Unknown
from bot.knowledge.patching import PatchError, with_phrasing, with_unknown

from .folder import REPORT

ASK = "    ask: {en: [how many hoses burst]}\n"
ODD = 'so: "what" burst, {really} #1?'


def added(old: str, new: bytes) -> list[str]:
    """Return the lines that are new or changed."""
    before = old.splitlines()
    return [line for line in new.decode().splitlines() if line not in before]


@pytest.mark.parametrize(
    ("ask", "line"),
    [
        (ASK, '    ask: {en: [how many hoses burst, "what burst"]}'),
        (
            "    ask: {en: [how many hoses burst,]}  # both\n",
            '    ask: {en: [how many hoses burst, "what burst",]}  # both',
        ),
        ("    ask:\n      en: [how many hoses burst]\n", '      en: [how many hoses burst, "what burst"]'),
        ("    ask:\n      en:\n        - how many hoses burst  # yes\n", '        - "what burst"'),
        ("    ask:\n      en:\n      - how many hoses burst\n", '      - "what burst"'),
        ("    ask:\n      en:\n        - >\n          how many\n          hoses burst\n", '        - "what burst"'),
        ("    ask: {uk: [скільки рукавів луснуло]}\n", '    ask: {uk: [скільки рукавів луснуло], en: ["what burst"]}'),
        ("    ask:\n      uk: [скільки рукавів]  # more\n", '      en: ["what burst"]'),
    ],
)
def test_a_way_to_ask_is_added_where_the_others_stand(ask: str, line: str) -> None:
    old = REPORT.replace(ASK, ask)
    assert added(old, with_phrasing(old.encode(), "hoses-burst", "en", "what burst")) == [line]


def test_any_text_is_added_as_it_is() -> None:
    patched = with_phrasing(REPORT.encode(), "hoses-burst", "uk", ODD)
    assert parse("report", patched).build(Report).facts[0].ask.uk == (ODD,)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_unknown_is_added_after_the_others(newline: str) -> None:
    unknown = Unknown.model_validate(
        {"id": "gap-1", "ask": {"uk": ["чому"]}, "say": {"en": "It does not say."}, "nearest": ["hoses-burst"]}
    )
    old = REPORT.replace("\n", newline)
    patched = with_unknown(old.encode(), unknown)
    line = '  - {id: gap-1, ask: {uk: ["чому"]}, say: {en: "It does not say."}, nearest: [hoses-burst]}'
    assert patched.decode() == old + line + newline


def test_the_first_unknown_gets_a_list() -> None:
    old = REPORT.partition("\nunknowns:")[0]
    unknown = Unknown.model_validate({"id": "gap-1", "ask": {"en": ["why"]}, "say": {"en": "It does not say."}})
    report = parse("report", with_unknown(old.encode(), unknown)).build(Report)
    assert report.unknowns == (unknown,)


def test_an_unknown_whose_id_is_taken_gets_a_number() -> None:
    content = REPORT.encode()
    for question in ("why", "how come", "what for"):
        unknown = Unknown.model_validate({"id": "gap-1", "ask": {"en": [question]}, "say": {"en": "It does not say."}})
        content = with_unknown(content, unknown)
    added = parse("report", content).build(Report).unknowns[-3:]
    assert [(each.id, each.ask.en) for each in added] == [
        ("gap-1", ("why",)),
        ("gap-1-2", ("how come",)),
        ("gap-1-3", ("what for",)),
    ]


def test_a_phrasing_is_not_added_twice() -> None:
    once = with_phrasing(REPORT.encode(), "hoses-burst", "uk", ODD)
    with pytest.raises(PatchError, match="asked for so already"):
        with_phrasing(once, "hoses-burst", "uk", ODD)


def test_a_fact_that_is_gone_and_a_layout_that_is_odd_are_refused() -> None:
    with pytest.raises(PatchError, match="no fact gone"):
        with_phrasing(REPORT.encode(), "gone", "en", "what burst")
    odd = REPORT.replace(ASK, "    ask: {en: []}\n")
    with pytest.raises(PatchError, match="cannot add"):
        with_phrasing(odd.encode(), "hoses-burst", "en", "what burst")
