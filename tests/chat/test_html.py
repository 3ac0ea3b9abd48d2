"""Nodes become HTML in one place: escaped, balanced, and short enough to send."""

# ruff: noqa: D102 (the name of a test is its sentence)

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.html import LIMIT, chunks, plain, shorten, units
from bot.chat.nodes import Bold, Italic, Link, Node, Quote, Row, Strike, Text, lines, paragraphs, row


def html(node: Node) -> str:
    (chunk,) = chunks(node)
    return chunk.html


class Reader(HTMLParser):
    """Reads HTML as Telegram does: every tag must be one it knows, and closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("a", "b", "i", "s")
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def text_of(html: str) -> str:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader.text


leaves = st.builds(Text, st.text(max_size=60)) | st.builds(Quote, st.text(max_size=20))
nodes: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Bold, inner),
        st.builds(Italic, inner),
        st.builds(Strike, inner),
        st.builds(Link, inner, st.sampled_from(["https://example.org/a?b=1&c=2", 'https://example.org/"x"'])),
        st.builds(lambda parts: Row(tuple(parts)), st.lists(inner, max_size=4)),
        st.builds(lambda parts: lines(*parts), st.lists(inner, max_size=4)),
    ),
    max_leaves=12,
)


def test_what_people_write_is_never_markup() -> None:
    assert html(Bold(Text('<b>&amp;</b> "x"'))) == '<b>&lt;b&gt;&amp;amp;&lt;/b&gt; "x"</b>'


def test_an_address_cannot_leave_its_attribute() -> None:
    assert html(Link(Text("here"), 'https://example.org/"><b>')) == (
        '<a href="https://example.org/&quot;&gt;&lt;b&gt;">here</a>'
    )


def test_a_quote_stands_in_quotation_marks_and_italics() -> None:
    assert html(row(Quote("three hoses burst"), " · ¶4")) == "<i>“three hoses burst”</i> · ¶4"


def test_paragraphs_are_apart_and_lines_are_not() -> None:
    assert plain(paragraphs(lines("a", "b"), "c")) == "a\nb\n\nc"


def test_marks_that_overlap_are_closed_in_order() -> None:
    assert html(Bold(row("a", Italic(Text("b")), "c"))) == "<b>a<i>b</i>c</b>"


def test_a_link_in_a_link_is_one_link() -> None:
    assert html(Link(Link(Text("x"), "https://b.example"), "https://a.example")) == '<a href="https://a.example">x</a>'


def test_nothing_to_say_is_no_message() -> None:
    assert chunks(Text(" \n ")) == ()


def test_length_is_counted_in_utf16_units() -> None:
    assert [units(text) for text in ("a", "ї", "🔥")] == [1, 1, 2]
    assert len(chunks(Text("🔥" * 2048))) == 1
    assert len(chunks(Text("🔥" * 2049))) == 2


def test_a_long_text_is_cut_after_a_sentence() -> None:
    sentence = "The gates were shut at dawn. "
    parts = chunks(Text(sentence * 300))
    assert len(parts) == 3
    assert all(part.plain.endswith("dawn.") and part.plain.startswith("The gates") for part in parts)


def test_a_paragraph_is_the_better_place_to_cut() -> None:
    text = "One. Two.\n\nThree. Four. Five."
    assert [part.plain for part in chunks(Text(text), limit=19)] == ["One. Two.", "Three. Four. Five."]


def test_markup_that_spans_a_cut_is_closed_and_opened_again() -> None:
    first, second = chunks(Bold(Text("One two. Three four.")), limit=12)
    assert (first.html, second.html) == ("<b>One two.</b>", "<b>Three four.</b>")


@given(nodes, st.integers(min_value=8, max_value=40))
def test_every_part_is_balanced_short_enough_and_nothing_is_lost(node: Node, limit: int) -> None:
    parts = chunks(node, limit)
    for part in parts:
        assert 0 < units(part.plain) <= limit
        assert text_of(part.html) == part.plain
    whole = "".join(part.plain for part in parts)
    assert "".join(whole.split()) == "".join(plain(node).split())


@given(st.text(min_size=1), st.integers(min_value=3, max_value=30))
def test_a_shortened_text_fits_and_begins_as_the_text_does(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert units(short) <= limit
    assert text.startswith(short.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [("Night fire", 10, "Night fire"), ("Night fire closes", 12, "Night fire…"), ("Nightfire", 5, "Nigh…")],
)
def test_a_text_is_shortened_at_a_word(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


def test_the_limit_is_telegrams() -> None:
    assert LIMIT == 4096
