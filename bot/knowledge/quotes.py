"""Quotes: checked word for word against the article once, and locked so that only checked ones are served.

The article itself is not kept. The lock holds its SHA-256 and one hash for each quote, over the article's hash,
the paragraph and the words; an edited quote has another hash and is refused when the fact base is loaded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from rapidfuzz import fuzz

from bot.knowledge.models import MAX_QUOTE_WORDS, Citation, Model, Report
from bot.knowledge.problems import Path

LOCK_NAME = "quotes.lock"

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+")
_PUNCTUATION = " .,;:!?…\"'“”„‘’«»()"


@dataclass(frozen=True, slots=True)
class Article:
    """The text a report is derived from: its paragraphs, the title being number 0."""

    paragraphs: tuple[str, ...]
    digest: str

    @classmethod
    def read(cls, content: bytes) -> Article:
        """Split an article: every line that is not blank is a paragraph, the first one is the title."""
        lines = content.decode("utf-8-sig").splitlines()
        paragraphs = tuple(line.strip() for line in lines if line.strip())
        return cls(paragraphs, hashlib.sha256(content).hexdigest())


class ReportLock(Model):
    """What was checked for one report: the article's SHA-256, and a hash for each quote by its place."""

    article: str
    quotes: Mapping[str, str]


class QuotesLock(Model):
    """The checked quotes of all reports of a fact base."""

    reports: Mapping[str, ReportLock] = {}

    def dump(self) -> str:
        """Write the lock as text, in an order that makes small diffs."""
        ordered = QuotesLock(reports=dict(sorted(self.reports.items())))
        return ordered.model_dump_json(indent=2) + "\n"

    @classmethod
    def parse(cls, content: str) -> QuotesLock | None:
        """Read a lock; None if it is damaged."""
        try:
            return cls.model_validate_json(content)
        except ValidationError:
            return None

    def with_report(self, report_id: str, lock: ReportLock) -> QuotesLock:
        """Return a lock in which ``report_id`` has ``lock``."""
        return QuotesLock(reports={**self.reports, report_id: lock})


def citations(report: Report) -> Iterator[tuple[Path, str, Citation]]:
    """Yield every citation with its path in the file and its key in the lock."""
    for position, fact in enumerate(report.facts):
        yield ("facts", position, "cite"), fact.id, fact.cite
        for number, citation in enumerate(fact.also):
            yield ("facts", position, "also", number), f"{fact.id}+{number + 1}", citation


def quote_hash(article_digest: str, citation: Citation) -> str:
    """Hash what must not change unnoticed: the article, the paragraph and the words."""
    content = f"{article_digest}\n{citation.paragraph}\n{citation.quote}"
    return hashlib.sha256(content.encode()).hexdigest()


def unlocked(report: Report, lock: ReportLock | None) -> Iterator[tuple[Path, str]]:
    """Yield the citations that are not in the lock, each with what to do about it."""
    advice = "run `citebot verify --source ARTICLE`"
    for path, key, citation in citations(report):
        recorded = None if lock is None else lock.quotes.get(key)
        if recorded is None:
            yield (*path, "quote"), f"this quote was never checked against the article; {advice}"
        elif lock is not None and recorded != quote_hash(lock.article, citation):
            yield (*path, "quote"), f"this quote or its paragraph was edited after it was checked; {advice}"


def lock_report(report: Report, article: Article) -> ReportLock:
    """Lock the quotes of a report whose citations were all found good by ``wrong_quotes``."""
    hashes = {key: quote_hash(article.digest, citation) for _, key, citation in citations(report)}
    return ReportLock(article=article.digest, quotes=hashes)


def wrong_quotes(report: Report, article: Article) -> Iterator[tuple[Path, str]]:
    """Yield every citation that the article does not bear out, with what to write instead."""
    for path, _, citation in citations(report):
        fault = _fault(citation, article)
        if fault:
            yield (*path, "quote"), fault


def _fault(citation: Citation, article: Article) -> str | None:
    if citation.paragraph >= len(article.paragraphs):
        return f"the article has no paragraph {citation.paragraph}; its last one is {len(article.paragraphs) - 1}"
    paragraph = article.paragraphs[citation.paragraph]
    count = _count(citation.quote, paragraph)
    if count == 0:
        return _hint(citation, article)
    if count > 1:
        return "these words stand more than once in the paragraph; add a word before or after them"
    if _is_whole_sentence(citation.quote, paragraph):
        return "this is a whole sentence; keep only the words that prove the answer"
    return None


def _count(quote: str, paragraph: str) -> int:
    """Count where the quote stands in whole words: “50 boats” does not stand in “150 boats” or “3,50 boats”."""
    before = (r"(?<!\w)" if _is_word(quote[0]) else "") + (r"(?<!\d[.,])" if quote[0].isdigit() else "")
    after = (r"(?!\w)" if _is_word(quote[-1]) else "") + (r"(?![.,]\d)" if quote[-1].isdigit() else "")
    # Looked up ahead, so that places that overlap count one by one.
    return len(re.findall(f"(?={before}{re.escape(quote)}{after})", paragraph))


def _is_word(character: str) -> bool:
    return re.match(r"\w", character) is not None


def _is_whole_sentence(quote: str, paragraph: str) -> bool:
    sentences = [paragraph, *_SENTENCE_END.split(paragraph)]
    return any(quote.strip(_PUNCTUATION) == sentence.strip(_PUNCTUATION) for sentence in sentences)


def _hint(citation: Citation, article: Article) -> str:
    elsewhere = [number for number, text in enumerate(article.paragraphs) if _count(citation.quote, text)]
    if elsewhere:
        return f"these words stand in paragraph {elsewhere[0]}, not in {citation.paragraph}"
    paragraph = article.paragraphs[citation.paragraph]
    match = fuzz.partial_ratio_alignment(citation.quote, paragraph)
    if match is None or match.score < 60:
        return f"paragraph {citation.paragraph} has nothing like these words"
    start = paragraph.rfind(" ", 0, match.dest_start + 1) + 1
    rest_of_word = paragraph[match.dest_end :].partition(" ")[0]
    words = (paragraph[start : match.dest_end] + rest_of_word).split()[:MAX_QUOTE_WORDS]
    return f"paragraph {citation.paragraph} does not have these very words; it has “{' '.join(words)}”"
