"""A proposal and a refusal, as an admin reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.chat.callbacks import Decide
from bot.chat.html import shorten
from bot.chat.nodes import Bold, Node, Text, lines, paragraphs, row
from bot.chat.reply import Button, Buttons
from bot.chat.texts import AdminTexts
from bot.knowledge.difference import Changed, Difference
from bot.knowledge.models import Fact, Lang
from bot.knowledge.problems import Problem
from bot.publishing.proposal import Proposal

_LISTED = 10
"""Items of a list that are shown: enough to see what it is about."""
_LONGEST = 200
"""UTF-16 units of an answer that is shown."""


def proposal_text(proposal: Proposal, served: str, lang: Lang, texts: AdminTexts) -> Node:
    """Describe what would change."""
    parts: list[Node] = [Bold(Text(texts.ready.format(new=proposal.revision, old=served)))]
    parts += _changes(proposal.difference, lang, texts)
    found = [row(f"{each.key}: “{each.phrasing}” → {each.ending}") for each in proposal.findings]
    parts += _list(texts.lost, found, texts)
    flips = [row(f"“{each.question}”: {each.old} → {each.new}") for each in proposal.flips]
    parts += _list(texts.flips, flips, texts)
    parts += _checked(proposal, texts)
    reach = proposal.reach
    sent = texts.reach.format(alerts=reach.alerts, chats=reach.chats) if reach.alerts else texts.nobody
    return paragraphs(*parts, lines(sent, texts.waits))


def decision_buttons(lang: Lang, token: str, texts: AdminTexts, *, may_tell: bool) -> Buttons:
    """Return the buttons under a proposal; ``may_tell``: readers are told only if the admin says so."""
    tell = (Button(texts.confirm_tell, Decide(lang, "tell", token)),)
    return (
        (Button(texts.confirm, Decide(lang, "confirm", token)), Button(texts.cancel, Decide(lang, "cancel", token))),
        *((tell,) if may_tell else ()),
    )


def problems_text(heading: str, problems: Sequence[Problem]) -> Node:
    """Show every problem, whole."""
    return paragraphs(Bold(Text(heading)), *(Text(str(problem)) for problem in problems))


def _changes(difference: Difference, lang: Lang, texts: AdminTexts) -> Iterator[Node]:
    if difference.is_silent:
        yield Text(texts.no_news)
    groups = (
        (texts.added, [_new(each.key, each.fact, lang) for each in difference.added]),
        (texts.changed, [_changed(each, lang) for each in difference.changed]),
        (texts.withdrawn, [_new(each.key, each.old, lang) for each in difference.withdrawn]),
        (texts.restored, [_new(each.key, each.new, lang) for each in difference.restored]),
        (texts.removed, [_new(each.key, each.old, lang) for each in difference.removed]),
        (texts.rephrased, [Text(key) for key in difference.rephrased]),
    )
    for heading, items in groups:
        yield from _list(heading, items, texts)


def _checked(proposal: Proposal, texts: AdminTexts) -> Iterator[Node]:
    done = []
    for each in proposal.regressions:
        count = each.figures.answerable + each.figures.unanswerable
        done.append(texts.regression.format(report=each.report, good=count - len(each.missed), count=count))
    if done:
        yield lines(*done)


def _list(heading: str, items: Iterable[Node], texts: AdminTexts) -> Iterator[Node]:
    """Yield a heading with the first items of a list; nothing for an empty one."""
    every = list(items)
    if every:
        shown = [row("• ", item) for item in every[:_LISTED]]
        more = [texts.more.format(count=len(every) - _LISTED)] if len(every) > _LISTED else []
        yield lines(heading.format(count=len(every)), *shown, *more)


def _new(key: str, fact: Fact, lang: Lang) -> Node:
    return Text(f"{key}: {shorten(fact.answer.text(lang), _LONGEST)}")


def _changed(change: Changed, lang: Lang) -> Node:
    old, new = _said(change.old, lang), _said(change.new, lang)
    if old == new:
        return Text(f"{change.key} ({', '.join(sorted(change.parts))})")
    return Text(f"{change.key}: {old} → {new}")


def _said(fact: Fact, lang: Lang) -> str:
    """Return what an admin needs to see of a fact to know what changed."""
    values = ", ".join(f"{value.is_} {value.of}" for value in fact.values)
    proof = f"“{fact.cite.quote}” ¶{fact.cite.paragraph}"
    return f"{shorten(fact.answer.text(lang), _LONGEST)} [{proof}{'; ' if values else ''}{values}]"
