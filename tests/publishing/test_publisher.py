"""A fact base is examined, shown, confirmed, published, followed, and gone back to."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.answers import Answer, Answered
from bot.answering.engine import Answerer
from bot.knowledge.difference import Difference
from bot.knowledge.loader import bundle_of
from bot.knowledge.retraction import withdrawing
from bot.publishing.current import Current
from bot.publishing.proposal import Proposal, Refused
from bot.publishing.publisher import FilesChangedError, Publisher, UnknownRevisionError
from bot.storage.revisions import OvertakenError, Revisions
from tests.knowledge.folder import QUESTIONS_NAME, REPORT_NAME, Folder

from .conftest import NOW

HOSES = "how many hoses burst?"


def said(answer: Answer) -> list[str]:
    return [cited.fact.answer.en for cited in answer.facts] if isinstance(answer, Answered) else []


async def proposed(publisher: Publisher) -> Proposal:
    found = await publisher.propose_folder()
    assert isinstance(found, Proposal), found
    return found


async def published(publisher: Publisher, folder: Folder, old: str, new: str) -> int:
    """Edit the report and publish it."""
    folder.edit(REPORT_NAME, old, new)
    proposal = await proposed(publisher)
    return (await publisher.confirm(proposal, author=1001, cause="reload")).sequence


async def test_a_proposal_changes_nothing_until_it_is_confirmed(publisher: Publisher, folder: Folder) -> None:
    folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    proposal = await proposed(publisher)
    assert [change.key for change in proposal.difference.changed] == ["harbour-fire/hoses-burst"]
    assert said(publisher.current.answer(HOSES)) == ["Three fire hoses burst during the night."]
    await publisher.confirm(proposal, author=1001, cause="reload")
    assert said(publisher.current.answer(HOSES)) == ["Four fire hoses burst during the night."]


async def test_what_has_begun_to_answer_finishes_on_what_it_took(publisher: Publisher, folder: Folder) -> None:
    before = publisher.current.snapshot()
    await published(publisher, folder, "Three fire hoses", "Four fire hoses")
    assert said(before.answer(HOSES)) == ["Three fire hoses burst during the night."]
    assert before.revision != publisher.current.snapshot().revision


async def test_every_problem_of_a_bad_fact_base_is_named_with_its_place(publisher: Publisher, folder: Folder) -> None:
    folder.edit(REPORT_NAME, "target: old-pier", "target: old-peir")
    folder.edit(REPORT_NAME, "quote: a fourth held", "quote: a fourth")
    refused = await publisher.propose_folder()
    assert isinstance(refused, Refused)
    assert [str(problem).split(": ")[0] for problem in refused.problems] == [
        folder.at(REPORT_NAME, "a fourth}"),
        folder.at(REPORT_NAME, "old-peir"),
    ]


async def test_a_regression_question_that_ends_badly_is_a_problem_with_a_place(
    publisher: Publisher, folder: Folder
) -> None:
    folder.edit(
        QUESTIONS_NAME,
        "{ask: how many hoses burst?, cites: [hoses-burst]}",
        "{ask: how many hoses broke?, abstains: true}",
    )
    refused = await publisher.propose_folder()
    assert isinstance(refused, Refused)
    (problem,) = map(str, refused.problems)
    assert problem.startswith(folder.at(QUESTIONS_NAME, "{ask: how many hoses broke?"))
    assert problem.endswith("“how many hoses broke?” must end in “not in the report”, and ends in hoses-burst")


async def test_a_question_that_is_answered_otherwise_is_shown(publisher: Publisher, folder: Folder) -> None:
    folder.edit(
        REPORT_NAME,
        "  - id: fire-cause\n",
        "  - id: where\n    ask: {en: [what stood near]}\n    say: {en: No.}\n  - id: fire-cause\n",
    )
    found = await publisher.propose_folder(gaps=["what stood near?"])
    assert isinstance(found, Proposal)
    assert [(flip.question, flip.new) for flip in found.flips] == [("what stood near?", "unknown where")]


async def test_a_phrasing_that_leads_to_two_facts_is_shown(publisher: Publisher, folder: Folder) -> None:
    folder.edit(REPORT_NAME, "[when was the harbour closed]", "[when was the harbour closed, how many hoses burst]")
    (found,) = (await proposed(publisher)).findings
    assert (found.key, found.phrasing) == ("harbour-fire/when-closed", "how many hoses burst")
    assert found.ending == "hoses-burst, when-closed"


async def test_a_proposal_is_void_when_the_files_were_edited_since(publisher: Publisher, folder: Folder) -> None:
    folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    proposal = await proposed(publisher)
    folder.edit(REPORT_NAME, "Four fire hoses", "Five fire hoses")
    with pytest.raises(FilesChangedError):
        await publisher.confirm(proposal, author=1001, cause="reload")
    assert said(publisher.current.answer(HOSES)) == ["Three fire hoses burst during the night."]


async def test_a_proposal_is_void_when_somebody_else_has_published(publisher: Publisher, folder: Folder) -> None:
    first, second = await proposed(publisher), await proposed(publisher)
    await publisher.confirm(first, author=1001, cause="reload")
    with pytest.raises(OvertakenError):
        await publisher.confirm(second, author=1002, cause="reload")
    assert publisher.current.snapshot().sequence == 1


async def test_a_rollback_is_a_new_publication_of_old_files(
    publisher: Publisher, folder: Folder, revisions: Revisions
) -> None:
    first = await published(publisher, folder, "Three fire hoses", "Four fire hoses")
    await published(publisher, folder, "Four fire hoses", "Five fire hoses")
    proposal = await publisher.propose_rollback(first)
    assert isinstance(proposal, Proposal)
    await publisher.confirm(proposal, author=1001, cause="rollback", why="five was wrong")
    assert said(publisher.current.answer(HOSES)) == ["Four fire hoses burst during the night."]
    history = await revisions.history()
    assert [(each.sequence, each.cause, each.why) for each in history[:1]] == [(3, "rollback", "five was wrong")]
    assert history[0].revision == history[2].revision


async def test_there_is_no_way_back_to_what_never_was(publisher: Publisher) -> None:
    with pytest.raises(UnknownRevisionError):
        await publisher.propose_rollback(7)


async def test_another_replica_follows(publisher: Publisher, folder: Folder, revisions: Revisions) -> None:
    start = publisher.current.snapshot()
    other = Publisher(Current.unpublished(start.answerer, NOW), revisions, folder.path)
    assert await other.catch_up() is None
    await published(publisher, folder, "Three fire hoses", "Four fire hoses")
    followed = await other.catch_up()
    assert followed is not None
    assert other.current.snapshot().sequence == followed.sequence == 1
    assert said(other.current.answer(HOSES)) == ["Four fire hoses burst during the night."]
    assert await other.catch_up() is None


async def test_the_same_files_again_are_no_difference(publisher: Publisher) -> None:
    assert (await proposed(publisher)).difference == Difference()


@pytest.mark.parametrize("name", ["hoses-burst", "when-closed"])
async def test_a_withdrawal_is_never_refused_by_the_regression_questions(
    publisher: Publisher, folder: Folder, name: str
) -> None:
    await published(publisher, folder, "how many hoses burst]", "how many hoses burst, was it closed]")
    folder.edit(
        QUESTIONS_NAME, "questions:", "questions:\n  - {ask: what caused the fire?, cites: [hoses-burst, when-closed]}"
    )
    bundle = bundle_of(folder.path)
    assert isinstance(await publisher.propose(bundle), Refused)  # with other edits such a question counts
    current = Current.unpublished(Answerer(folder.load()), NOW)
    withdrawn = withdrawing(bundle, f"harbour-fire/{name}", on=date(2031, 2, 3), why="Wrong.")
    found = await Publisher(current, publisher.revisions, folder.path).propose(withdrawn)
    assert isinstance(found, Proposal)
    assert found.regressions[0].missed


async def test_what_is_served_is_asked_a_regression_question_once_however_often_the_folder_is_examined(
    publisher: Publisher, folder: Folder
) -> None:
    folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    proposal = await publisher.propose_folder()
    assert isinstance(proposal, Proposal)
    asked = dict(publisher.current.snapshot().endings)
    assert asked == proposal.endings != {}
    await publisher.confirm(proposal, author=1001, cause="reload")
    assert publisher.current.snapshot().endings == asked
