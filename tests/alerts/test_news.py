"""What became of facts, and whom it interests."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.alerts.audience import news_of
from bot.alerts.news import News, NewsKind, from_json, joined, to_json
from bot.knowledge.difference import Added, Changed, Difference, Removed, Restored, Retracted
from bot.storage.subscriptions import Wishes

from .news import ADDED, CORRECTED, CRANE, CRANE_KEY, FIVE, HOSES_KEY, REMOVED, SOURCE, THREE, WITHDRAWN, fact


@pytest.mark.parametrize(
    ("news", "kind"),
    [
        (ADDED, "added"),
        (CORRECTED, "corrected"),
        (WITHDRAWN, "withdrawn"),
        (REMOVED, "withdrawn"),
        (News(source=SOURCE, old=WITHDRAWN.new, new=THREE), "restored"),
    ],
)
def test_news_say_what_became_of_a_fact(news: News, kind: NewsKind) -> None:
    assert news.kind == kind


def test_only_what_was_said_before_can_be_unsaid() -> None:
    assert [each.unsays for each in (ADDED, CORRECTED, WITHDRAWN, REMOVED)] == [False, True, True, True]


def test_news_of_no_fact_cannot_be_made() -> None:
    with pytest.raises(ValidationError, match="news of no fact"):
        News(source=SOURCE)


def test_news_survive_the_database() -> None:
    news = (ADDED, CORRECTED, WITHDRAWN, REMOVED)
    assert from_json(to_json(news)) == news


@pytest.mark.parametrize(
    ("wishes", "wanted"),
    [
        (Wishes("en"), [True, True]),
        (Wishes("en", topics=frozenset({"damage"})), [False, True]),
        (Wishes("en", topics=frozenset({"cranes", "ships"})), [True, False]),
        (Wishes("en", importance="high"), [True, False]),
        (Wishes("en", importance="normal"), [True, True]),
    ],
)
def test_subscribers_choose_by_topic_and_by_importance(wishes: Wishes, wanted: list[bool]) -> None:
    assert [each.interests(wishes) for each in (ADDED, CORRECTED)] == wanted


def test_several_corrections_of_a_fact_are_one_from_the_first_to_the_last() -> None:
    seven = fact("hoses-burst", "Seven hoses burst.")
    again = News(source=SOURCE, old=FIVE, new=seven)
    assert joined([CORRECTED, ADDED, again]) == (News(source=SOURCE, old=THREE, new=seven), ADDED)


def test_what_is_again_as_it_was_is_no_news() -> None:
    assert joined([CORRECTED, News(source=SOURCE, old=FIVE, new=THREE)]) == ()
    assert joined([ADDED, REMOVED]) == ()


def test_a_difference_becomes_news_without_what_nobody_reads() -> None:
    withdrawn = WITHDRAWN.new
    assert withdrawn is not None
    difference = Difference(
        added=(Added(CRANE_KEY, SOURCE, CRANE),),
        changed=(
            Changed(HOSES_KEY, SOURCE, THREE, FIVE, frozenset({"answer"})),
            Changed(HOSES_KEY, SOURCE, THREE, FIVE, frozenset({"values"})),
        ),
        withdrawn=(Retracted(HOSES_KEY, SOURCE, THREE, withdrawn),),
        restored=(Restored(HOSES_KEY, SOURCE, withdrawn, THREE),),
        removed=(Removed(CRANE_KEY, SOURCE, CRANE),),
    )
    assert [each.kind for each in news_of(difference)] == ["added", "corrected", "withdrawn", "restored", "withdrawn"]
