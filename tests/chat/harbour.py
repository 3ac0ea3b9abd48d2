"""A small report, and somebody who answers about it from a script."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import JsonValue

from bot.answering.answers import Answer, Answered, CitedFact, NotInReport, Silent
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Lang, Report
from bot.storage.lanes import JsonObject

REVISION = "0123456789ab"
HOSES = "how many hoses burst?"


def report_of(facts: list[dict[str, object]], **source: object) -> Report:
    """Build a report with these facts."""
    about = {"id": "harbour-fire", "title": "Night fire closes the harbour", **source}
    return Report.model_validate({"report": about, "facts": facts})


def fact(name: str, says: str, quote: str, topic: str = "damage", **more: object) -> dict[str, object]:
    """Build what a fact is written as."""
    cite = {"paragraph": 4, "quote": quote, "by": {"en": "the harbour master", "uk": "начальник порту"}}
    asked = {"en": [f"{name.replace('-', ' ')} that night"]}
    return {"id": name, "topics": [topic], "answer": {"en": says}, "cite": cite, "ask": asked, **more}


FACTS = [
    fact(
        "hoses-burst",
        "Three, says the harbour master.",
        "three hoses burst",
        answer={"en": "Three, says the harbour master.", "uk": "Три, каже начальник порту."},
        ask={"en": ["hoses", HOSES.rstrip("?")], "uk": ["скільки рукавів луснуло"]},
        also=[{"paragraph": 5, "quote": "a fourth held"}],
    ),
    fact("crane-fell", "A crane fell into the water.", "the crane fell", "damage"),
    fact("gates-shut", "The gates were shut at dawn.", "shut its gates at dawn", "closing"),
    fact("crew-safe", "The whole crew is safe.", "every one of the crew", "people"),
    *(fact(f"ship-{n}", f"Ship {n} left.", f"ship number {n} left", "ships") for n in range(8)),
]


def update(update_id: int, message: JsonObject, **changes: JsonValue) -> JsonObject:
    """Build an update of a message as somebody else would have written it."""
    return {"update_id": update_id, "message": {**message, **changes}}


@dataclass
class Script:
    """Answers what it was told to, and notes what it was asked."""

    knowledge: KnowledgeBase
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str | None, Lang | None]] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)

    def answer(self, question: str, previous: str | None = None, lang: Lang | None = None) -> Answer:
        """Answer by the script; what is not in it is not in the report."""
        self.asked.append((question, previous, lang))
        if question in self.failing:
            raise ValueError(f"the text was: {question}")
        return self.answers.get(question) or NotInReport(lang or "en", Silent(), (), 0.0)

    def fact(self, name: str) -> CitedFact:
        """Return a fact of the report."""
        report = self.knowledge.reports[0]
        return CitedFact(report.report, next(each for each in report.facts if each.id == name))

    def knows(self, question: str, *facts: str, lang: Lang = "en") -> None:
        """Answer a question with facts from now on."""
        self.answers[question] = Answered(lang, tuple(self.fact(name) for name in facts), None, (), 1.0)
