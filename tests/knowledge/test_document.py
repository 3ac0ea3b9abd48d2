"""YAML is read as plain data, every value keeps its place, and traps are refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.document import MAX_BYTES, MAX_DEPTH, parse
from bot.knowledge.models import Report
from bot.knowledge.problems import KnowledgeError

from .folder import REPORT, place


def mistakes(text: str | bytes) -> list[str]:
    """Return the problems of a report file with this content."""
    try:
        parse("night.yaml", text.encode() if isinstance(text, str) else text).build(Report)
    except KnowledgeError as error:
        return [str(problem) for problem in error.problems]
    return []


def at(text: str, part: str) -> str:
    """Return where a part of the text stands, as problems show it."""
    return f"night.yaml:{place(text, part)}"


def data_of(text: str) -> object:
    """Return the plain data of a file that has no mistake in its YAML."""
    return parse("night.yaml", text.encode()).data


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "off", "y", "No", "True", "NULL", "12:30:00", "1_000", "0x1F", "1e5"]
)
def test_words_stay_words(word: str) -> None:
    assert data_of(f"a: {word}") == {"a": word}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("~", None),
        ("", None),
        ("550", 550),
        ("-3", -3),
        ("08", 8),
        ("010", 10),
        ("7.4", 7.4),
        ("2031-02-03", date(2031, 2, 3)),
        ("'550'", "550"),
        ('"true"', "true"),
        ("|\n  550", "550"),
    ],
)
def test_only_plain_scalars_are_more_than_text(text: str, value: object) -> None:
    read = data_of(f"a: {text}")
    assert read == {"a": value}
    assert isinstance(read, dict)
    assert type(read["a"]) is type(value)


def test_a_number_of_any_length_is_read_or_kept_as_text() -> None:
    assert data_of("a: " + "9" * 10_000) == {"a": "9" * 10_000}


def test_a_byte_order_mark_is_left_out() -> None:
    assert parse("night.yaml", b"\xef\xbb\xbfa: b").data == {"a": "b"}


def test_a_key_that_stands_twice_is_refused_with_both_lines() -> None:
    text = "report:\n  id: night\n  title: One\nreport:\n  id: day\n"
    assert mistakes(text) == ["night.yaml:4:1: report: this key stands here already, on line 1; keep one"]


def test_keys_that_stand_twice_are_all_named() -> None:
    found = mistakes("a: {b: 1, b: 2}\nc:\n  d: 1\n  d: 2\n")
    assert [line.split(": ")[:2] for line in found] == [["night.yaml:1:11", "a.b"], ["night.yaml:4:3", "c.d"]]


def test_a_list_as_a_key_is_refused() -> None:
    assert mistakes("? [a, b]\n: c\n") == ["night.yaml:1:3: a key must be one word or a quoted text"]


def test_aliases_are_refused_before_they_grow() -> None:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert mistakes("\n".join(["a0: &a0 lol", *rows])) == [
        "night.yaml:1:5: anchors (&a0) are not allowed; take it out, or put the text in quotes"
    ]


def test_a_text_that_begins_like_an_alias_is_refused_with_advice() -> None:
    assert mistakes("a: *main target") == [
        "night.yaml:1:4: aliases (*main) are not allowed; write the value out, or put it in quotes"
    ]


def test_a_text_that_begins_like_an_anchor_is_not_dropped_silently() -> None:
    assert mistakes("a: &amp") == [
        "night.yaml:1:4: anchors (&amp) are not allowed; take it out, or put the text in quotes"
    ]


@pytest.mark.parametrize("nested", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "a: " + "[" * 50 + "]" * 50])
def test_deep_nesting_is_refused(nested: str) -> None:
    (found,) = mistakes(nested)
    assert found.startswith("night.yaml:1:")
    assert found.endswith(f": lists and mappings are nested more than {MAX_DEPTH} deep")


def test_nesting_up_to_the_limit_is_read() -> None:
    data_of("[" * MAX_DEPTH + "]" * MAX_DEPTH)


def test_a_file_over_the_size_limit_is_refused() -> None:
    (found,) = mistakes(b"#" * (MAX_BYTES + 1))
    assert found.startswith("night.yaml:1:1: the file has 8,000,001 bytes, the limit is 8,000,000")


@pytest.mark.parametrize(
    "call",
    [
        "!!python/object/apply:pathlib.Path.touch [{path}]",
        "!!python/object/new:pathlib.Path {{args: [{path}]}}",
        "!!python/name:pathlib.Path ''",
        "!!python/object/apply:os.mkdir\n  - {path}",
    ],
)
def test_a_python_tag_is_refused_and_nothing_is_executed(call: str, tmp_path: Path) -> None:
    target = tmp_path / "made"
    (found,) = mistakes("a: " + call.format(path=target))
    assert found.startswith("night.yaml:1:4: tags (!!python/")
    assert found.endswith(" are not allowed; take it out, or put the text in quotes")
    assert not target.exists()


@pytest.mark.parametrize("tag", ["!!str", "!!binary", "!!set", "!shape", "!"])
def test_every_other_tag_is_refused_too(tag: str) -> None:
    assert mistakes(f"a: {tag} aGVsbG8=") == [
        f"night.yaml:1:4: tags ({tag}) are not allowed; take it out, or put the text in quotes"
    ]


def test_what_is_not_utf_8_is_refused_with_its_line() -> None:
    content = "a: b\nc: причал\n".encode("cp1251")
    assert mistakes(content) == ["night.yaml:2:1: this is not UTF-8; save the file as UTF-8"]


@pytest.mark.parametrize("text", ["report:\n\tid: night\n", "report:\n  id: night\n\ttitle: Night\n"])
def test_a_tab_as_indent_is_named_as_one(text: str) -> None:
    line = text[: text.index("\t")].count("\n") + 1
    assert mistakes(text) == [f"night.yaml:{line}:1: here is a tab; indent with spaces"]


def test_a_control_character_is_found_behind_letters_of_two_bytes() -> None:
    (found,) = mistakes("a: причал\nб: ві\x01тер\n")
    assert found.startswith("night.yaml:2:6: this is not valid YAML: unacceptable character #x0001")


def test_a_second_document_in_a_file_is_refused() -> None:
    (found,) = mistakes("a: b\n---\nc: d\n")
    assert found.startswith("night.yaml:2:1: this is not valid YAML: expected a single document")


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a comment\n", "---\n", "\n~"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    assert mistakes(text) == ["night.yaml:1:1: the file is empty; fill it, or take it out of the folder"]


@pytest.mark.parametrize("text", ["- report\n- facts\n", "report", "550"])
def test_a_list_or_a_word_where_a_mapping_must_be_is_refused(text: str) -> None:
    assert mistakes(text) == ["night.yaml:1:1: write a mapping of keys to values here"]


def test_a_list_inside_where_a_mapping_must_be_is_refused_at_its_place() -> None:
    text = REPORT.replace("answer: {en: The harbour was closed on Saturday.}", "answer: [closed]")
    assert mistakes(text) == [at(text, "[closed]") + ": facts[1].answer: write a mapping of keys to values here"]


def test_a_word_where_a_list_must_be_is_refused_with_the_way_to_write_it() -> None:
    text = REPORT.replace("topics: [closure]", "topics: closure")
    assert mistakes(text) == [at(text, "closure") + ": facts[1].topics: write a list here: [one, two]"]


def test_an_unknown_key_is_shown_where_the_key_stands() -> None:
    text = REPORT.replace("    topics: [closure]", "    topic:\n      - closure\n    topics: [closure]")
    assert mistakes(text) == [
        at(text, "topic:") + ": facts[1].topic: this key is not known; check its spelling, or take it out"
    ]


def test_a_missing_key_is_shown_where_its_parent_stands() -> None:
    text = REPORT.replace("{paragraph: 3, quote: a fourth held}", "{paragraph: 3}")
    assert mistakes(text) == [at(text, "{paragraph: 3}") + ": facts[0].also[0].quote: this key is missing; add it"]


def test_a_day_that_no_calendar_has_is_refused() -> None:
    (found,) = mistakes("report: {published: 2031-02-30}")
    assert found.startswith("night.yaml:1:21: report.published: day is out of range for month")


def test_a_name_that_is_not_kebab_case_is_refused_at_the_name() -> None:
    text = REPORT.replace("  night-shift:\n", "  Night_Shift:\n")
    assert mistakes(text) == [
        at(text, "Night_Shift")
        + ": entities.Night_Shift: use small letters, digits and single hyphens, like night-fire"
    ]


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("url: example.org/harbour", "write an address here that begins with https://"),
        ("language: English", "write a language in two letters, like en"),
        ("published: tomorrow", "write a date here: 2031-02-03"),
        ("author: 550", "write a text here, in quotes if it looks like a number or a date"),
    ],
)
def test_a_wrong_value_comes_with_what_to_write_instead(line: str, advice: str) -> None:
    key, _, value = line.partition(": ")
    text = REPORT.replace("  id: harbour-fire\n", f"  id: harbour-fire\n  {line}\n")
    assert mistakes(text) == [at(text, value) + f": report.{key}: {advice}"]


def test_all_mistakes_of_a_file_are_told_at_once_in_the_order_of_the_file() -> None:
    text = REPORT
    for good, bad in (
        ("kind: group", "kind: crowd"),
        ("topics: [damage]", "topics: []"),
        ("paragraph: 2", "paragraph: two"),
        ("values: [{is: 3, of: hoses}]", "values: [{is: [3], of: hoses}]"),
        ("say: {en: The report", "say: {uk: The report"),
    ):
        text = text.replace(good, bad)
    assert [line.split(": ")[:2] for line in mistakes(text)] == [
        [at(text, "crowd"), "entities.night-shift.kind"],
        [at(text, "[]"), "facts[0].topics"],
        [at(text, "two"), "facts[0].cite.paragraph"],
        [at(text, "[3]"), "facts[0].values[0].is"],
        [at(text, "{uk: The"), "unknowns[0].say.en"],
    ]


def test_facts_that_are_all_wrong_are_not_said_to_be_missing() -> None:
    text = "report: {id: night, title: Night}\nfacts:\n  - {id: a}\n"
    assert not [line for line in mistakes(text) if line.split(": ")[1] == "facts"]
    assert "night.yaml:1:1: facts: this key is missing; add it" in mistakes("report: {id: night, title: Night}\n")


PLAIN_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp"]), max_size=40)


@given(
    st.recursive(
        PLAIN_TEXT | st.integers(-(10**17), 10**17) | st.booleans() | st.none(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN_TEXT, inner, max_size=4),
        max_leaves=8,
    ).filter(lambda value: str(value).count("[") + str(value).count("{") < MAX_DEPTH)
)
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_what_is_read(value: object) -> None:
    read = parse("night.yaml", json.dumps({"a": value}, ensure_ascii=False).encode()).data
    assert read == {"a": value}


@given(st.text() | st.text(alphabet="ab:-?[]{}!&*|>%@`'\"#, \n\t\\019.~"))
@settings(max_examples=300, deadline=None)
def test_whatever_the_text_nothing_but_a_knowledge_error_is_raised(text: str) -> None:
    mistakes(text.encode("utf-8", "surrogatepass"))


@given(st.binary())
@settings(max_examples=100, deadline=None)
def test_whatever_the_bytes_nothing_but_a_knowledge_error_is_raised(content: bytes) -> None:
    mistakes(content)


@given(
    st.integers(0, len(REPORT)),
    st.integers(0, 30),
    st.sampled_from(["", "[", "]", "{a: b}", ": ", "- ", "5", "true", "~", "\n", "''", "2031-02-03", "é\x00", "a"]),
)
@settings(max_examples=200, deadline=None)
def test_whatever_is_cut_from_or_typed_into_a_report_its_problems_name_the_file(at: int, cut: int, typed: str) -> None:
    for problem in mistakes(REPORT[:at] + typed + REPORT[at + cut :]):
        assert problem.startswith("night.yaml:")
