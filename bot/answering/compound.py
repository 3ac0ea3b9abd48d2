"""Join the answers to the parts of a compound message, where that says more than one answer to the whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from bot.answering.answers import Answered, CitedFact, Verdict
from bot.answering.decision import Decision
from bot.answering.understanding import Understanding
from bot.answering.vocabulary import Term

MAX_FACTS = 4
_TELLING = 2
"""A part with at least this many content words can be looked up by itself."""


def joined(message: Understanding, whole: Decision, parts: Sequence[Decision]) -> Answered | None:
    """Return one answer made of the parts' answers, or None if the answer to the whole is better.

    Parts that ask and get no answer are named as such. A part that only tells something is passed over.
    """
    answered = [part.answer for part in parts if isinstance(part.answer, Answered)]
    silent = [part for part in parts if not isinstance(part.answer, Answered)]
    if not answered or not (_adds(whole, answered) or _parts_better(whole, answered, silent)):
        return None
    if any(not _stands_alone(part) for part in parts if isinstance(part.answer, Answered)):
        return None
    if not all(_asks(part) or _is_aside(part) or _is_context(part, parts) for part in silent):
        return None
    if any(_asks(part) for part in silent) and not all(_asks(part) for part in parts):
        return None
    return Answered(
        lang=message.lang,
        facts=_facts(answered)[:MAX_FACTS],
        verdict=_verdict(answered),
        unanswered=tuple(part.question.text for part in silent if _asks(part)),
        score=min(answer.score for answer in answered),
    )


def _facts(answers: Sequence[Answered]) -> tuple[CitedFact, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(answer.facts for answer in answers)))


def _adds(whole: Decision, answers: Sequence[Answered]) -> bool:
    """Tell whether the parts say something that the answer to the whole does not."""
    if not isinstance(whole.answer, Answered):
        return True
    more = not {*_facts(answers)} <= {*whole.answer.facts}
    fallen = whole.answer.verdict == "yes" and _verdict(answers) == "no"
    settled = whole.answer.verdict is None and _verdict(answers) is not None
    return (len(answers) > 1 and (more or fallen)) or (settled and not more)


def _parts_better(whole: Decision, answers: Sequence[Answered], silent: Sequence[Decision]) -> bool:
    """Tell whether one part is surely answered and another asks what the report does not say."""
    unsure = isinstance(whole.answer, Answered) and whole.answer.score < min(answer.score for answer in answers)
    return unsure and any(_asks(part) for part in silent)


def _asks(part: Decision) -> bool:
    """Tell whether a part asks something of its own."""
    return (part.question.kind is not None or part.question.is_polar) and _stands_alone(part)


def _stands_alone(part: Decision) -> bool:
    """Tell whether a part says enough to be looked up without the others."""
    question = part.question
    if "pronoun" in question.marks and not any(term.entities for term in question.content):
        return False
    specific = question.kind is not None and len(question.content) == 1
    return specific or len(question.content) >= _TELLING


def _is_aside(part: Decision) -> bool:
    """Tell whether a part is chat that leaves the others' meaning alone: it asks nothing and names nothing."""
    question = part.question
    named = any(term.entities or term.unknown_name for term in question.content)
    return question.kind is None and not question.is_polar and not named and not question.quantities


def _is_context(part: Decision, parts: Sequence[Decision]) -> bool:
    """Tell whether a part asks nothing, and names only what an answered part takes up or its facts are about."""
    question = part.question
    if question.kind is not None or question.is_polar or question.quantities:
        return False
    named = {name for term in question.content for name in term.entities or {term.text} if _is_name(term)}
    later = [other.question for other in parts if other is not part and isinstance(other.answer, Answered)]
    taken_up = {name for other in later for term in other.content for name in term.entities or {term.text}}
    for other in parts:
        if isinstance(other.answer, Answered):
            taken_up |= {name for cited in other.answer.facts for name in cited.fact.about}
    return named <= taken_up


def _is_name(term: Term) -> bool:
    return bool(term.entities) or term.unknown_name


def _verdict(answers: Sequence[Answered]) -> Verdict | None:
    """A compound claim holds if all of it does, and falls with any part."""
    verdicts = [answer.verdict for answer in answers if answer.verdict is not None]
    if not verdicts:
        return None
    return "no" if "no" in verdicts else "yes"
