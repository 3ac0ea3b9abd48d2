"""/gaps and /patch: questions without an answer, what editors make of them, and how that is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from telegram import CallbackQuery, Message, Update
from telegram.ext import ContextTypes

from bot.answering.answers import CitedFact
from bot.answering.forms import clustered
from bot.chat.admin.office import Office
from bot.chat.admin.publishing import Publishing
from bot.chat.callbacks import Settle
from bot.chat.gate import Person, tapper_of
from bot.chat.html import shorten
from bot.chat.nodes import Bold, Node, Text, lines, paragraphs
from bot.chat.place import place_of
from bot.chat.reply import Button, Reply
from bot.chat.shelf import key_of, mark_of, marked
from bot.chat.tapping import answer_tap
from bot.chat.texts import AdminTexts, admin_texts_in
from bot.knowledge.models import Fact, Lang
from bot.publishing.current import Serving
from bot.publishing.patches import Patched, patched, unified
from bot.rights import allows
from bot.storage.gaps import Gap, Patch

_OFFERED = 3
"""Facts that a question may be."""
_ALIKE = 5
"""Like questions that are shown."""
_LABEL = 60
"""UTF-16 units of a button's label."""


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Questions that are much alike; the first was asked most often."""

    gaps: tuple[Gap, ...]

    @property
    def head(self) -> Gap:
        return self.gaps[0]

    @property
    def count(self) -> int:
        return sum(gap.count for gap in self.gaps)


class Gaps:
    """Lets editors deal with one question after another."""

    def __init__(self, office: Office, publishing: Publishing) -> None:
        self._office = office
        self._publishing = publishing

    async def gaps(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/gaps: the question that was asked most often."""
        message = update.effective_message
        if message is None or await self._office.admitted(message, "gaps", "gaps") is None:
            return
        lang = await self._office.lang(message.chat_id, message.from_user)
        await self._office.desk.say(place_of(message), self._page(await self._clusters(), 0, lang))

    async def settled(self, query: CallbackQuery, asked: Settle, message: Message) -> None:
        """A button under a question was tapped: deal with it, and show the next."""
        texts = admin_texts_in(asked.lang)
        editor = tapper_of(query)
        if not await self._office.gate.admits(editor, "gaps", f"gap {asked.how}"):
            await answer_tap(query, texts.not_allowed)
            return
        clusters = await self._clusters()
        at = next((n for n, each in enumerate(clusters) if asked.gap in {gap.id for gap in each.gaps}), None)
        await answer_tap(query, texts.gap_gone if at is None else None)
        if at is not None and asked.how != "next":
            await self._settle(editor, asked, clusters[at])
            clusters = await self._clusters()
        elif at is not None:
            at = (at + 1) % len(clusters)
        page = self._page(clusters, at or 0, asked.lang)
        await self._office.desk.put(place_of(message), page, message.message_id)

    async def patch(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/patch: what waits, as a file, and as a proposal for those who may publish; /patch drop 3."""
        message = update.effective_message
        if message is None:
            return
        editor = await self._office.admitted(message, "gaps", "patch")
        if editor is None:
            return
        texts = await self._office.texts(message)
        match context.args or []:
            case ["drop", number] if number.isdecimal() and len(number) < 10:
                await self._office.say(message, Text(await self._drop(editor, int(number), texts)))
                return
        patches = await self._office.gaps.patches()
        if not patches:
            await self._office.say(message, Text(texts.patch_none))
            return
        bundle = await self._office.served_files(message)
        if bundle is None:
            return
        made = patched(bundle, patches)
        await self._office.desk.add(place_of(message), Reply(lines(*_listed(made, texts))))
        if not made.applied:
            return
        sender = self._office.desk.sender
        difference = unified(bundle, made.bundle).encode()
        await sender.send_file(place_of(message), "additions.patch", difference, texts.patch_file)
        if allows(await self._office.gate.role(editor), "publish"):
            proposing = self._office.publisher.propose(made.bundle, [patch.text for patch in made.applied])
            examined = await self._office.checked(message, proposing)
            within = (self._office.gaps.applied(made.applied),)
            await self._publishing.show(message, editor, examined, "patch", within=within)

    async def _clusters(self) -> list[_Cluster]:
        """Return the open questions, like ones together, those that were asked most often first."""
        gaps = await self._office.gaps.open()
        found = [_Cluster(tuple(gaps[n] for n in members)) for members in clustered([gap.form for gap in gaps])]
        return sorted(found, key=lambda cluster: -cluster.count)

    def _page(self, clusters: Sequence[_Cluster], at: int, lang: Lang) -> Reply:
        """Show one question with what may be done about it."""
        texts = admin_texts_in(lang)
        if not clusters:
            return Reply(Text(texts.gaps_none))
        cluster = clusters[min(at, len(clusters) - 1)]
        counts = texts.gap_counts.format(
            unanswered=sum(gap.unanswered for gap in cluster.gaps),
            none_meant=sum(gap.none_meant for gap in cluster.gaps),
            disliked=sum(gap.disliked for gap in cluster.gaps),
        )
        heading = texts.gap_heading.format(number=min(at, len(clusters) - 1) + 1, count=len(clusters))
        parts: list[Node] = [lines(heading, Bold(Text(cluster.head.question))), Text(counts)]
        if len(cluster.gaps) > 1:
            parts.append(lines(texts.gap_alike, *(f"• {gap.question}" for gap in cluster.gaps[1 : _ALIKE + 1])))
        serving = self._office.publisher.current.snapshot()
        return Reply(paragraphs(*parts), tuple(_buttons(cluster.head, serving, lang, texts)))

    async def _settle(self, editor: Person, asked: Settle, cluster: _Cluster) -> None:
        head, others = cluster.head, [gap.id for gap in cluster.gaps[1:]]
        serving = self._office.publisher.current.snapshot()
        now = self._office.desk.now()
        if asked.how == "ignore":
            await self._office.gaps.ignore([head.id, *others])
            await self._office.note(editor, "gaps", "done", detail=f"ignored gap {head.id}")
            return
        if asked.how == "unknown":
            report = _report_of(head, serving)
            patch = Patch(0, head.id, "unknown", report, f"gap-{head.id}", head.lang, head.question)
        else:
            found = marked(serving.knowledge, (asked.mark,))
            if not found:
                return
            fact = found[0]
            patch = Patch(0, head.id, "phrasing", fact.source.id, fact.fact.id, head.lang, head.question)
        await self._office.gaps.propose(patch, editor.user_id, now, others)
        await self._office.note(
            editor, "gaps", "done", after=f"{patch.report}/{patch.item}", detail=f"{patch.kind} for gap {head.id}"
        )

    async def _drop(self, editor: Person, patch_id: int, texts: AdminTexts) -> str:
        if not await self._office.gaps.drop(patch_id):
            return texts.patch_unknown_id.format(id=patch_id)
        await self._office.note(editor, "patch", "done", detail=f"dropped addition {patch_id}")
        return texts.patch_dropped.format(id=patch_id)


def _buttons(gap: Gap, serving: Serving, lang: Lang, texts: AdminTexts) -> Iterator[tuple[Button, ...]]:
    for fact in _likely(gap, serving):
        label = shorten(texts.gap_fact.format(fact=fact.fact.answer.text(lang)), _LABEL)
        yield (Button(label, Settle(lang, "fact", gap.id, mark_of(fact))),)
    yield (Button(texts.gap_unknown, Settle(lang, "unknown", gap.id)),)
    yield Button(texts.gap_ignore, Settle(lang, "ignore", gap.id)), Button(texts.gap_next, Settle(lang, "next", gap.id))


def _likely(gap: Gap, serving: Serving) -> tuple[CitedFact, ...]:
    """Return the facts that a question most likely asks for."""
    found: dict[str, CitedFact] = {}
    for decision in serving.answerer.explain(gap.question).decisions:
        for trial in decision.trials:
            entry = trial.candidate.entry
            if isinstance(entry.item, Fact) and entry.item.withdrawn is None:
                fact = CitedFact(entry.report.report, entry.item)
                found.setdefault(key_of(fact), fact)
    return tuple(found.values())[:_OFFERED]


def _report_of(gap: Gap, serving: Serving) -> str:
    """Return the report that a question is most likely about."""
    likely = _likely(gap, serving)
    return likely[0].source.id if likely else serving.knowledge.reports[0].report.id


def _listed(made: Patched, texts: AdminTexts) -> Iterator[Node]:
    yield Bold(Text(texts.patch_heading.format(count=len(made.applied) + len(made.refused))))
    for patch in made.applied:
        line = texts.patch_phrasing if patch.kind == "phrasing" else texts.patch_unknown
        yield Text(line.format(id=patch.id, item=patch.item, report=patch.report, text=patch.text))
    for patch, reason in made.refused:
        yield Text(texts.patch_failed.format(id=patch.id, reason=reason))
