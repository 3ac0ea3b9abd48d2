"""The files of a fact base as one value: read at one moment, hashed, packed to be stored and unpacked again."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from bot.knowledge.document import MAX_BYTES
from bot.knowledge.quotes import LOCK_NAME

QUESTIONS = "questions"
LEXICON = "lexicon"
SHARED_LEXICON = "shared-lexicon"
"""Where the lexicon that comes with Citebot stands in a bundle whose folder has none of its own."""

MAX_FILES = 1_000
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, ValueError)
"""What reading an archive raises, depending on where it is damaged."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive: the same files make the same bytes."""


class DamagedBundleError(ValueError):
    """What was stored is not a fact base any more."""


@dataclass(frozen=True)
class Bundle:
    """Every file that a fact base is read from."""

    name: str
    """The folder's name, as problems show it."""
    files: Mapping[str, bytes]
    """By their path in the folder: ``night-fire.yaml``, ``questions/night-fire.yaml``, ``quotes.lock``."""
    unreadable: Mapping[str, str] = field(default_factory=dict)
    """What was listed and could not be read, with the reason."""

    @cached_property
    def revision(self) -> str:
        """The first 12 hex digits of a SHA-256 over the names and contents of all files."""
        digest = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()[:12]

    def within(self, folder: str) -> Iterator[str]:
        """Yield the names of the YAML files right in a folder, in order; ``.`` is the top."""
        for name in sorted({*self.files, *self.unreadable}):
            path = PurePosixPath(name)
            if str(path.parent) == folder and path.suffix == ".yaml":
                yield name

    def shown(self, name: str) -> str:
        """Name a file as editors know it: ``knowledge/night-fire.yaml``."""
        return name if _is_shared(name) else f"{self.name}/{name}"

    def having(self, name: str, content: bytes) -> Bundle:
        """Return a bundle in which a file has another content, or is new."""
        return Bundle(self.name, {**self.files, name: content})

    def own(self) -> Bundle:
        """Return the files that stand in the folder itself: the lexicon that comes with Citebot is none of them."""
        return Bundle(self.name, {name: c for name, c in self.files.items() if not _is_shared(name)})

    def with_words_of(self, other: Bundle) -> Bundle:
        """Return the files that stand in the folder itself, with the lexicon that another bundle took with it."""
        shared = {name: content for name, content in other.files.items() if _is_shared(name)}
        return Bundle(self.name, {**self.own().files, **shared})

    def packed(self) -> bytes:
        """Return the files as a ZIP archive; the same files make the same bytes."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(self.files.items()):
                archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
        return target.getvalue()

    @classmethod
    def unpacked(cls, name: str, packed: bytes, revision: str) -> Bundle:
        """Read what ``packed`` wrote of a revision. Raises DamagedBundleError where it is another one's by now."""
        try:
            with zipfile.ZipFile(io.BytesIO(packed)) as archive:
                entries = archive.infolist()
                if len(entries) > MAX_FILES or any(entry.file_size > MAX_BYTES for entry in entries):
                    raise DamagedBundleError("it holds more than a fact base can")
                bundle = cls(name, {entry.filename: archive.read(entry) for entry in entries})
        except _DAMAGE as error:
            raise DamagedBundleError(str(error)) from error
        if bundle.revision != revision:
            raise DamagedBundleError(f"it is {bundle.revision} and should be {revision}")
        return bundle


def read_bundle(folder: Path, shared_lexicon: Path) -> Bundle:
    """Read a folder. What cannot be read is noted in the bundle, so that it is told with everything else.

    A folder without a ``lexicon`` of its own takes the shared one.
    """
    found = {path.name: path for path in _yaml_files(folder)}
    found |= {f"{QUESTIONS}/{path.name}": path for path in _yaml_files(folder / QUESTIONS)}
    own = folder / LEXICON
    words, prefix = (own, LEXICON) if own.is_dir() else (shared_lexicon, SHARED_LEXICON)
    found |= {f"{prefix}/{path.name}": path for path in _yaml_files(words)}
    lock = folder / LOCK_NAME
    if lock.exists():
        found[LOCK_NAME] = lock
    files: dict[str, bytes] = {}
    unreadable: dict[str, str] = {}
    for name, path in found.items():
        try:
            files[name] = path.read_bytes()
        except OSError as error:
            unreadable[name] = error.strerror or type(error).__name__
    return Bundle(folder.name, files, unreadable)


def _is_shared(name: str) -> bool:
    return name.startswith(f"{SHARED_LEXICON}/")


def _yaml_files(folder: Path) -> list[Path]:
    """List the YAML files of a folder; hidden ones are what editors leave beside an open file."""
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("."))
