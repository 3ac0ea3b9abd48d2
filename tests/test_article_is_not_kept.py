"""The article belongs to its publisher: no file of the project holds a long run of its words."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT.parent / "shared" / "report" / "article.txt"
TOO_MANY = 13
"""A quote has at most twelve words."""

MADE_UP = """A title of a made-up article that is long enough to hold thirteen words or more

Seven grey herons were counted at the mill pond on Monday, said the warden, who had hoped for nine.

«Вони повернуться навесні», he added.
"""
THIRTEEN = "grey herons were counted at the mill pond on Monday, said the warden"

Run = tuple[str, ...]


def runs(text: str) -> set[Run]:
    """Return every run of thirteen words, without regard to case, punctuation and line breaks."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + TOO_MANY]) for start in range(len(words) - TOO_MANY + 1)}


def body(article: str) -> str:
    """Return an article without its title."""
    return article.lstrip("\ufeff").strip().partition("\n")[2]


def tracked_texts(root: Path) -> dict[str, str]:
    """Return what the text files that git keeps hold in the working tree."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True)
    texts = {}
    for name in filter(None, listed.stdout.split("\0")):
        path = root / name
        if path.is_file():
            texts[name] = path.read_bytes().decode("utf-8", "replace")
    return texts


def copies(article: str, root: Path) -> list[str]:
    """Return the names of the files that hold a run of the article's words."""
    kept = runs(body(article))
    return [name for name, text in tracked_texts(root).items() if not kept.isdisjoint(runs(text))]


def test_no_file_of_the_project_holds_a_run_of_the_articles_words() -> None:
    assert tracked_texts(ROOT), "git lists no files"
    article = ARTICLE.read_text("utf-8") if ARTICLE.is_file() else ""
    assert copies(article, ROOT) == []


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An empty git repository."""
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


def track(repository: Path, name: str, content: bytes) -> None:
    """Write a file and let git keep it."""
    (repository / name).write_bytes(content)
    subprocess.run(["git", "add", name], cwd=repository, check=True)


@pytest.mark.parametrize(
    "copied",
    [
        THIRTEEN,
        THIRTEEN.upper(),
        THIRTEEN.replace(" ", "\n    # "),
        THIRTEEN.replace(" ", '", "'),
        f"before {THIRTEEN} and after",
        "said the warden, who had hoped for nine. Вони повернуться навесні, he added",
    ],
)
def test_thirteen_words_in_a_row_are_found_whatever_stands_between_them(repository: Path, copied: str) -> None:
    track(repository, "причал notes.yaml", f"facts:\n  - quote: {copied}\n".encode())
    assert copies(MADE_UP, repository) == ["причал notes.yaml"]


def test_twelve_words_in_a_row_are_a_quote(repository: Path) -> None:
    track(repository, "notes.md", THIRTEEN.rpartition(" ")[0].encode())
    assert copies(MADE_UP, repository) == []


def test_the_title_may_be_kept(repository: Path) -> None:
    track(repository, "notes.md", MADE_UP.partition("\n")[0].encode())
    assert copies(MADE_UP, repository) == []


def test_a_copy_among_bytes_that_are_not_text_is_found(repository: Path) -> None:
    track(repository, "dump.bin", b"\xff\xfe\x00 " + THIRTEEN.encode() + b" \xff")
    assert copies(MADE_UP, repository) == ["dump.bin"]


def test_files_that_git_does_not_keep_are_left_alone(repository: Path) -> None:
    track(repository, "gone.md", THIRTEEN.encode())
    (repository / "gone.md").unlink()
    (repository / "article.txt").write_text(MADE_UP, "utf-8")
    assert copies(MADE_UP, repository) == []
