"""A quote is served only if the article has it, word for word, at the place that is cited."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.document import parse
from bot.knowledge.models import Report
from bot.knowledge.quotes import Article, QuotesLock, lock_report, unlocked, wrong_quotes

from .folder import ARTICLE, REPORT

HOSES = "paragraph: 2\n      quote: three hoses burst\n"


def cited(paragraph: int, quote: str) -> Report:
    """Return the report with another main citation of its first fact."""
    assert REPORT.count(HOSES) == 1
    written = REPORT.replace(HOSES, f"paragraph: {paragraph}\n      quote: '{quote.replace(chr(39), chr(39) * 2)}'\n")
    return parse("harbour-fire.yaml", written.encode()).build(Report)


def faults(paragraph: int, quote: str, article: str = ARTICLE) -> list[str]:
    """Return what is wrong with the main citation of the first fact."""
    found = wrong_quotes(cited(paragraph, quote), Article.read(article.encode()))
    return [message for path, message in found if path == ("facts", 0, "cite", "quote")]


@pytest.mark.parametrize(
    ("paragraph", "quote"),
    [
        (0, "fire closes"),
        (1, "fire at the old pier"),
        (2, "150 boats"),
        (2, "the harbour master, three hoses"),
        (2, '"The night'),
        (3, "a fourth held"),
        (3, "was cold, very"),
    ],
)
def test_a_quote_that_stands_once_in_its_paragraph_is_good(paragraph: int, quote: str) -> None:
    assert faults(paragraph, quote) == []


@pytest.mark.parametrize("quote", ["Nobody was hurt", "Nobody was hurt.", "It ended at dawn", "The night was long."])
def test_a_whole_sentence_is_refused(quote: str) -> None:
    paragraph = 1 if quote.startswith("Nobody") else 2
    assert faults(paragraph, quote) == ["this is a whole sentence; keep only the words that prove the answer"]


def test_the_whole_title_is_refused() -> None:
    assert faults(0, "Night fire closes the harbour") == [
        "this is a whole sentence; keep only the words that prove the answer"
    ]


@pytest.mark.parametrize(
    ("quote", "has"),
    [
        ("three hoses broke", "three hoses burst"),
        ("Three hoses burst", "three hoses burst"),
        ("50 boats", "150 boats"),
        ("150 boat", "150 boats"),
    ],
)
def test_a_quote_that_its_paragraph_lacks_is_refused_with_what_the_paragraph_has(quote: str, has: str) -> None:
    (fault,) = faults(2, quote)
    assert fault.startswith("paragraph 2 does not have these very words; it has “")
    assert has in fault


def test_the_words_of_a_hint_are_never_more_than_twelve() -> None:
    (fault,) = faults(1, "a b c d e f g h i j k lxmxnxo", "Title\n\na b c d e f g h i j k l m n o p q\n")
    assert fault.endswith("it has “a b c d e f g h i j k l”")


def test_words_that_are_like_nothing_in_the_paragraph_are_refused() -> None:
    assert faults(2, "zebra quagga") == ["paragraph 2 has nothing like these words"]


def test_a_quote_of_another_paragraph_is_refused_with_its_place() -> None:
    assert faults(1, "150 boats") == ["these words stand in paragraph 2, not in 1"]


def test_a_paragraph_after_the_last_is_refused() -> None:
    assert faults(4, "a fourth") == ["the article has no paragraph 4; its last one is 3"]


@pytest.mark.parametrize("quote", ["cold", "that"])
def test_a_quote_that_stands_twice_in_its_paragraph_is_refused(quote: str) -> None:
    assert faults(3, quote) == ["these words stand more than once in the paragraph; add a word before or after them"]


@pytest.mark.parametrize(
    ("quote", "sentence", "is_good"),
    [
        ("50 boats", "They saw 1,50 boats there", False),
        ("50 boats", "They saw 1.50 boats there", False),
        ("over 1", "It was over 1,500 boats", False),
        ("over 1", "It was over 1.5 boats", False),
        ("over 1", "It was over 1, they said", True),
        ("pier", "The piers were wet", False),
        ("Norway", "Here is Norway's pier", True),
        ("50 boats", "Rowers had (50 boats) there", True),
        ("a b a", "x a b a b a y", False),
    ],
)
def test_a_quote_ends_where_words_and_numbers_end(quote: str, sentence: str, is_good: bool) -> None:
    assert (faults(1, quote, f"Title\n\n{sentence}\n") == []) is is_good


def test_an_article_is_its_lines_that_are_not_blank() -> None:
    article = Article.read("\ufeff Title \r\n\r\n\r\n First.\r\n\t\r\nSecond.".encode())
    assert article.paragraphs == ("Title", "First.", "Second.")


@given(st.text(alphabet="abж1 .,!?'\"()[]*\\", min_size=1, max_size=30), st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_whatever_is_quoted_from_whatever_article_ends_in_a_verdict(quote: str, article: str) -> None:
    if quote.strip():
        report = cited(1, quote)
        found = wrong_quotes(report, Article.read(f"Title\n{article}\n".encode("utf-8", "replace")))
        assert all(message for _, message in found)


def fire() -> Report:
    """Return the report as it is."""
    return parse("harbour-fire.yaml", REPORT.encode()).build(Report)


def test_quotes_that_were_locked_are_good_and_each_has_a_hash_of_its_own() -> None:
    lock = lock_report(fire(), Article.read(ARTICLE.encode()))
    assert list(unlocked(fire(), lock)) == []
    assert list(lock.quotes) == ["hoses-burst", "hoses-burst+1", "when-closed"]
    assert len(set(lock.quotes.values())) == 3


@pytest.mark.parametrize(
    ("paragraph", "quote"), [(2, "three hoses"), (2, "three hoses burst "[:-2]), (1, "three hoses burst")]
)
def test_a_quote_or_paragraph_that_was_edited_is_not_locked_any_more(paragraph: int, quote: str) -> None:
    lock = lock_report(fire(), Article.read(ARTICLE.encode()))
    assert [path for path, _ in unlocked(cited(paragraph, quote), lock)] == [("facts", 0, "cite", "quote")]


def test_a_lock_of_another_article_fits_no_quote() -> None:
    lock = lock_report(fire(), Article.read(ARTICLE.encode()))
    other = lock.model_copy(update={"article": "0" * 64})
    assert len(list(unlocked(fire(), other))) == 3


def test_a_lock_is_read_as_it_was_written_and_keeps_the_other_reports() -> None:
    first = lock_report(fire(), Article.read(ARTICLE.encode()))
    second = lock_report(cited(2, "three hoses"), Article.read(ARTICLE.encode()))
    lock = QuotesLock().with_report("night", first).with_report("day", second)
    assert QuotesLock.parse(lock.dump()) == lock
    assert lock.dump().index('"day"') < lock.dump().index('"night"')


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"reports": 5}', '{"reports": {}, "more": 1}', "�", "<<<<<<< HEAD"]
)
def test_a_damaged_lock_is_no_lock(content: str) -> None:
    assert QuotesLock.parse(content) is None
