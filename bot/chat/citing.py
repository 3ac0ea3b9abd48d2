"""How a citation reads: the words, where they stand, and a link that leads to the very words."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote as percent_encode

from bot.answering.answers import CitedFact
from bot.chat.html import shorten
from bot.chat.nodes import Bold, Link, Node, Quote, Text, lines, paragraphs, row
from bot.chat.texts import Texts
from bot.knowledge.models import Citation, Lang, Source

_TITLE_LIMIT = 60


def cited(source: Source, citation: Citation, texts: Texts) -> Node:
    """Return a citation in one line: “three hoses burst” · ¶4, Night fire closes the harbour."""
    where: Node = Text(f"{_place(citation, texts)}, {shorten(source.title, _TITLE_LIMIT)}")
    if source.url:
        where = Link(where, deep_link(source.url, citation.quote))
    return row(Quote(citation.quote), " · ", where)


def sources(facts: Sequence[CitedFact], lang: Lang, texts: Texts) -> Node:
    """Return all there is to know about where facts come from: every citation, who claims it, which report."""
    by_source: dict[str, list[CitedFact]] = {}
    for fact in facts:
        by_source.setdefault(fact.source.id, []).append(fact)
    return paragraphs(
        *(
            paragraphs(
                *(_claim(citation, lang, texts) for fact in group for citation in fact.citations),
                about(group[0].source, texts),
            )
            for group in by_source.values()
        )
    )


def about(source: Source, texts: Texts) -> Node:
    """Return what is known of a report; where it has no date, that it has none."""
    published = source.published.isoformat() if source.published else None
    parts: list[Node] = [Bold(Text(source.title))]
    if source.publisher:
        parts.append(Text(texts.publisher.format(publisher=source.publisher)))
    if source.author:
        parts.append(Text(texts.author.format(author=source.author)))
    parts.append(Text(texts.published.format(date=published) if published else texts.no_date))
    if source.url:
        parts.append(Link(Text(texts.original), source.url))
    return lines(*parts)


def deep_link(url: str, quote: str) -> str:
    """Return a link that scrolls to the quoted words, by a text fragment (WICG scroll-to-text).

    A dash, a comma and an ampersand mean something in a text directive, so they are always encoded.
    """
    words = percent_encode(quote, safe="").replace("-", "%2D")
    return f"{url}{'' if '#' in url else '#'}:~:text={words}"


def _claim(citation: Citation, lang: Lang, texts: Texts) -> Node:
    by = texts.claimed_by.format(by=citation.by.text(lang)) if citation.by else texts.no_claimant
    return lines(row(Quote(citation.quote), f" · {_place(citation, texts)}"), by)


def _place(citation: Citation, texts: Texts) -> str:
    return f"¶{citation.paragraph}" if citation.paragraph else texts.title
