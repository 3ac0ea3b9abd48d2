"""What Telegram's HTML becomes."""

import pytest

from bot.web.emulator.errors import ApiError
from bot.web.emulator.html import parse_html
from bot.web.emulator.text import Entity


@pytest.mark.parametrize(
    ("source", "text", "kind"),
    [
        ("<b>x</b>", "x", "bold"),
        ("<strong>x</strong>", "x", "bold"),
        ("<i>x</i>", "x", "italic"),
        ("<em>x</em>", "x", "italic"),
        ("<u>x</u>", "x", "underline"),
        ("<ins>x</ins>", "x", "underline"),
        ("<s>x</s>", "x", "strikethrough"),
        ("<strike>x</strike>", "x", "strikethrough"),
        ("<del>x</del>", "x", "strikethrough"),
        ("<code>x</code>", "x", "code"),
        ("<pre>x</pre>", "x", "pre"),
        ("<tg-spoiler>x</tg-spoiler>", "x", "spoiler"),
        ('<span class="tg-spoiler">x</span>', "x", "spoiler"),
        ("<blockquote>x</blockquote>", "x", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "x", "expandable_blockquote"),
        ("<B>x</b>", "x", "bold"),
    ],
)
def test_each_tag_becomes_its_entity(source: str, text: str, kind: str) -> None:
    body = parse_html(source)
    assert body.text == text
    assert body.entities == (Entity(kind, 0, 1),)


def test_offsets_are_counted_in_utf16_units() -> None:
    body = parse_html("😀 <b>😀й</b>")
    assert body.entities == (Entity("bold", 3, 3),)
    assert body.all_of("bold") == ("😀й",)


def test_references_become_characters_and_unknown_ones_stay() -> None:
    assert parse_html("&lt;b&gt; &amp;amp; &quot; &#39; &#x1F600; &nbsp; AT&T").text == (
        "<b> &amp; \" ' 😀 &nbsp; AT&T"
    )


def test_a_link_keeps_its_address_with_the_text_fragment() -> None:
    body = parse_html('see <a href="https://example.org/a?x=1&amp;y=2#:~:text=three%20hoses">here</a>')
    (link,) = body.entities
    assert link.url == "https://example.org/a?x=1&y=2#:~:text=three%20hoses"
    assert body.slice(link) == "here"


def test_a_link_to_no_address_is_plain_text() -> None:
    body = parse_html('<a href="nowhere at all">here</a>')
    assert (body.text, body.entities) == ("here", ())


def test_a_link_to_a_user_is_a_mention() -> None:
    (entity,) = parse_html('<a href="tg://user?id=42">Bob</a>').entities
    assert (entity.type, entity.user_id) == ("text_mention", 42)


def test_code_inside_pre_gives_the_language() -> None:
    body = parse_html('<pre><code class="language-python">x = 1</code></pre>')
    assert body.entities == (Entity("pre", 0, 5, language="python"),)


def test_nothing_is_formatted_inside_code_and_no_quote_inside_a_quote() -> None:
    assert parse_html("<code>a<b>b</b></code>").entities == (Entity("code", 0, 2),)
    nested = parse_html("<blockquote>a<blockquote>b</blockquote></blockquote>")
    assert nested.entities == (Entity("blockquote", 0, 2),)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("5<6", "Unclosed start tag at byte offset 1"),
        ("й<div>x</div>", 'Unsupported start tag "div" at byte offset 2'),
        ("a<br>b", 'Unsupported start tag "br" at byte offset 1'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_what_cannot_be_parsed_is_refused_with_its_place(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"
    assert refusal.value.code == 400
