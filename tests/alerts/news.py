"""Facts of a small report, and what became of them."""

from __future__ import annotations

from bot.alerts.news import News
from bot.knowledge.models import Fact, Importance, Source

SOURCE = Source.model_validate({"id": "harbour-fire", "title": "Night fire closes the harbour"})


def fact(
    name: str, says: str, *, topic: str = "damage", importance: Importance = "normal", withdrawn: bool = False
) -> Fact:
    """Build a fact."""
    written: dict[str, object] = {
        "id": name,
        "topics": [topic],
        "answer": {"en": says, "uk": f"{says} (українською)"},
        "cite": {"paragraph": 4, "quote": says.lower().rstrip(".")},
        "ask": {"en": [f"{name.replace('-', ' ')} that night"]},
        "importance": importance,
    }
    if withdrawn:
        written["withdrawn"] = {"on": "2031-02-05", "why": {"en": "The figure was wrong."}}
    return Fact.model_validate(written)


THREE, FIVE = fact("hoses-burst", "Three hoses burst."), fact("hoses-burst", "Five hoses burst.")
CRANE = fact("crane-fell", "A crane fell.", topic="cranes", importance="high")
HOSES_KEY, CRANE_KEY = "harbour-fire/hoses-burst", "harbour-fire/crane-fell"
CORRECTED = News(source=SOURCE, old=THREE, new=FIVE)
ADDED = News(source=SOURCE, new=CRANE)
WITHDRAWN = News(source=SOURCE, old=THREE, new=fact("hoses-burst", "Three hoses burst.", withdrawn=True))
REMOVED = News(source=SOURCE, old=CRANE)
