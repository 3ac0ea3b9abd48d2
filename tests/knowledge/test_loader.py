"""A folder is loaded as a whole, or refused with everything that is wrong with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.knowledge.loader import ParsedFiles, build, bundle_of, default_folder, load
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.quotes import LOCK_NAME

from .folder import LEXICON_NAME, QUESTIONS_NAME, REPORT, REPORT_NAME, Folder

EDITED = "this quote or its paragraph was edited after it was checked; run `citebot verify --source ARTICLE`"
NEVER_CHECKED = "this quote was never checked against the article; run `citebot verify --source ARTICLE`"
FILES = [REPORT_NAME, QUESTIONS_NAME, LEXICON_NAME, LOCK_NAME]


def test_a_good_folder_loads_with_report_lexicon_and_questions(folder: Folder) -> None:
    knowledge = folder.load()
    assert [report.report.id for report in knowledge.reports] == ["harbour-fire"]
    assert [fact.id for fact in knowledge.reports[0].facts] == ["hoses-burst", "when-closed"]
    assert set(knowledge.lexicon.concepts) == {"burst"}
    assert len(knowledge.questions["harbour-fire"].questions) == 2


def test_the_mistakes_of_all_files_are_told_at_once(folder: Folder) -> None:
    folder.write("day-fire.yaml", REPORT.replace("kind: group", "kind: crowd"))
    folder.edit(REPORT_NAME, "target: old-pier", "target: old-peir")
    folder.edit(REPORT_NAME, "quote: a fourth held", "quote: a fourth")
    folder.edit(QUESTIONS_NAME, "[hoses-burst]", "[hose-burst]")
    folder.write("lexicon/more.yaml", "concepts:\n  burst: {en: [explode]}\n")
    assert [problem.split(": ")[0] for problem in folder.problems()] == [
        folder.at("day-fire.yaml", "crowd"),
        folder.at(REPORT_NAME, "a fourth}"),
        folder.at(REPORT_NAME, "old-peir"),
        folder.at(LEXICON_NAME, "{en: [burst, break]}"),
        folder.at(QUESTIONS_NAME, "hose-burst"),
    ]


def test_the_id_of_a_report_is_the_name_of_its_file(folder: Folder) -> None:
    folder.write("day-fire.yaml", folder.read(REPORT_NAME))
    assert folder.problems() == [
        "knowledge/day-fire.yaml:2:7: report.id: the id must be the file's name, day-fire",
    ]


def test_a_folder_without_a_report_is_refused(tmp_path: Path) -> None:
    assert Folder(tmp_path).problems() == [
        f"{tmp_path.name}:1:1: there is no report here; add a file like night-fire.yaml"
    ]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert Folder(tmp_path / "gone").problems() == [
        "gone:1:1: there is no report here; add a file like night-fire.yaml"
    ]


def test_a_quote_that_was_edited_after_it_was_locked_is_refused(folder: Folder) -> None:
    folder.edit(REPORT_NAME, "quote: three hoses burst", "quote: two hoses burst")
    assert folder.problems() == [
        f"{folder.at(REPORT_NAME, 'two hoses burst')}: facts[0].cite.quote: {EDITED}",
    ]


def test_a_fact_that_was_added_after_the_lock_is_refused(folder: Folder) -> None:
    folder.edit(REPORT_NAME, "id: when-closed", "id: closed-when")
    assert folder.problems() == [
        f"{folder.at(REPORT_NAME, 'closed on Saturday}')}: facts[1].cite.quote: {NEVER_CHECKED}",
    ]


def test_without_a_lock_every_quote_is_refused(folder: Folder) -> None:
    (folder.path / LOCK_NAME).unlink()
    found = folder.problems()
    assert len(found) == 3
    assert all(problem.endswith(NEVER_CHECKED) for problem in found)


@pytest.mark.parametrize("content", [b"", b"{", b'{"reports": 5}', b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_lock_is_refused_once(folder: Folder, content: bytes) -> None:
    folder.write(LOCK_NAME, content)
    assert folder.problems() == [
        "knowledge/quotes.lock:1:1: the lock is damaged; run `citebot verify --source ARTICLE` for each report"
    ]


def test_a_lock_that_cannot_be_read_does_not_hide_other_mistakes(folder: Folder) -> None:
    (folder.path / LOCK_NAME).unlink()
    (folder.path / LOCK_NAME).mkdir()
    folder.edit(REPORT_NAME, "target: old-pier", "target: old-peir")
    assert [problem.split(": ")[0] for problem in folder.problems()] == [
        folder.at(REPORT_NAME, "old-peir"),
        "knowledge/quotes.lock:1:1",
    ]


def test_the_lock_may_be_left_aside_to_write_it(folder: Folder) -> None:
    (folder.path / LOCK_NAME).unlink()
    knowledge = load(folder.path, require_lock=False)
    assert [report.report.id for report in knowledge.reports] == ["harbour-fire"]


@pytest.mark.parametrize("name", ["gone.yaml", "questions/gone.yaml", "lexicon/gone.yaml"])
def test_a_file_that_vanishes_after_it_was_listed_is_one_problem_among_others(folder: Folder, name: str) -> None:
    (folder.path / name).symlink_to(folder.path / "nothing")
    folder.edit(REPORT_NAME, "nearest: [hoses-burst]", "nearest: [hose-burst]")
    assert sorted(problem.split(": ", 1)[1] for problem in folder.problems()) == [
        "cannot be read: No such file or directory",
        "unknowns[0].nearest[0]: there is no fact hose-burst; did you mean hoses-burst?",
    ]


def test_a_folder_named_like_a_report_is_refused(folder: Folder) -> None:
    (folder.path / "day.yaml").mkdir()
    assert folder.problems() == ["knowledge/day.yaml:1:1: cannot be read: Is a directory"]


def test_what_editors_leave_beside_an_open_file_is_not_read(folder: Folder) -> None:
    revision = folder.load().revision
    (folder.path / ".#harbour-fire.yaml").symlink_to("someone@host.1234")
    folder.write("lexicon/._words.yaml", b"\x00\x05\x16\x07")
    assert folder.load().revision == revision


def test_questions_about_no_report_are_refused(folder: Folder) -> None:
    folder.write("questions/day-fire.yaml", "questions: []\n")
    assert folder.problems() == [
        "knowledge/questions/day-fire.yaml:1:1: there is no report day-fire; name the file after a report"
    ]


def test_a_report_with_mistakes_is_not_said_to_be_missing(folder: Folder) -> None:
    folder.edit(REPORT_NAME, "kind: group", "kind: crowd")
    (problem,) = folder.problems()
    assert problem.startswith(folder.at(REPORT_NAME, "crowd"))


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("concepts:\n  burst: {en: [explode]}\n", "2:10", "concepts.burst: another file has this concept already"),
        (
            "entities:\n  norway: {kind: place, names: {en: [Norge]}}\n",
            "2:11",
            "entities.norway: another file has this entity already",
        ),
    ],
)
def test_what_two_files_of_the_lexicon_define_is_refused(
    folder: Folder, content: str, place: str, message: str
) -> None:
    folder.write("lexicon/zoo.yaml", content)
    assert folder.problems() == [f"knowledge/lexicon/zoo.yaml:{place}: {message}"]


def test_a_lexicon_with_mistakes_does_not_make_its_names_unknown(folder: Folder) -> None:
    folder.edit(LEXICON_NAME, "burst: {en", "Burst: {en")
    (problem,) = folder.problems()
    assert problem.startswith(folder.at(LEXICON_NAME, "Burst"))


def test_the_files_of_a_lexicon_are_merged(folder: Folder) -> None:
    folder.write("lexicon/more.yaml", "concepts:\n  night: {uk: [ніч]}\nfillers: {en: [please]}\n")
    lexicon = folder.load().lexicon
    assert set(lexicon.concepts) == {"burst", "night"}
    assert list(lexicon.fillers.each()) == [("en", "please")]


def test_a_folder_without_a_lexicon_uses_the_shared_one(folder: Folder) -> None:
    shutil.rmtree(folder.path / "lexicon")
    folder.edit(REPORT_NAME, "    within: norway\n", "")
    assert folder.load().lexicon == load(default_folder()).lexicon


@pytest.mark.parametrize("name", FILES)
def test_the_revision_changes_when_a_file_changes(folder: Folder, name: str) -> None:
    before = folder.load().revision
    folder.write(name, folder.read(name) + "\n")
    assert folder.load().revision != before


def test_the_revision_changes_with_one_letter(folder: Folder) -> None:
    before = folder.load().revision
    folder.edit(REPORT_NAME, "Three fire hoses", "Three Fire hoses")
    assert folder.load().revision != before


def test_the_revision_changes_when_a_file_is_added(folder: Folder) -> None:
    before = folder.load().revision
    folder.write("lexicon/more.yaml", "concepts: {}\n")
    assert folder.load().revision != before


def test_the_revision_changes_when_a_file_gets_another_name(folder: Folder) -> None:
    before = folder.load().revision
    (folder.path / LEXICON_NAME).rename(folder.path / "lexicon/names.yaml")
    assert folder.load().revision != before


def test_the_revision_stays_when_nothing_changes(folder: Folder, tmp_path: Path) -> None:
    before = folder.load().revision
    copy = Folder(tmp_path / "elsewhere" / "facts")
    shutil.copytree(folder.path, copy.path)
    for name in FILES:
        (copy.path / name).touch()
    copy.write("README.md", "Not a part of the fact base.\n")
    copy.write("report.schema.json", "{}\n")
    assert copy.load().revision == folder.load().revision == before
    assert len(before) == 12


def test_a_file_that_is_the_same_as_before_is_not_parsed_again(folder: Folder) -> None:
    parsed = ParsedFiles()
    first = build(bundle_of(folder.path), parsed=parsed)
    folder.edit(LEXICON_NAME, "[burst, break]", "[burst, break, snap]")
    second = build(bundle_of(folder.path), parsed=parsed)
    assert second.reports[0] is first.reports[0]
    assert second.lexicon != first.lexicon
    assert second == folder.load()


def test_what_was_parsed_before_does_not_hide_what_is_wrong_now(folder: Folder) -> None:
    parsed = ParsedFiles()
    build(bundle_of(folder.path), parsed=parsed)
    (folder.path / LOCK_NAME).unlink()
    for _ in range(2):
        with pytest.raises(KnowledgeError) as caught:
            build(bundle_of(folder.path), parsed=parsed)
        assert len(caught.value.problems) == 3
