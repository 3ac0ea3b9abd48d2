"""Additions of editors put into the files of a fact base, and shown as a difference for the repository."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answering.answers import NotInReport, Silent
from bot.answering.wording import say
from bot.knowledge.bundle import Bundle
from bot.knowledge.models import LANGUAGES, Localized, Phrasings, Unknown
from bot.knowledge.patching import PatchError, with_phrasing, with_unknown
from bot.storage.gaps import Patch


@dataclass(frozen=True, slots=True)
class Patched:
    """A fact base with additions, and those that could not be made."""

    bundle: Bundle
    applied: tuple[Patch, ...]
    refused: tuple[tuple[Patch, str], ...]
    """With the reason."""


def patched(bundle: Bundle, patches: Iterable[Patch]) -> Patched:
    """Make additions, one after another; one that cannot be made does not keep the others from it."""
    applied: list[Patch] = []
    refused: list[tuple[Patch, str]] = []
    for patch in patches:
        name = f"{patch.report}.yaml"
        content = bundle.files.get(name)
        if content is None:
            refused.append((patch, f"there is no report {patch.report} any more"))
            continue
        try:
            bundle = bundle.having(name, _with(content, patch))
        except PatchError as error:
            refused.append((patch, str(error)))
        else:
            applied.append(patch)
    return Patched(bundle, tuple(applied), tuple(refused))


def unified(old: Bundle, new: Bundle) -> str:
    """Write what was added as a patch that ``git apply`` takes."""
    return "".join(_differences(old, new))


def _with(content: bytes, patch: Patch) -> bytes:
    if patch.kind == "phrasing":
        return with_phrasing(content, patch.item, patch.lang, patch.text)
    said = {lang: say(NotInReport(lang, Silent(), (), 0.0)) for lang in LANGUAGES}
    ask = Phrasings.model_validate({patch.lang: [patch.text]})
    return with_unknown(content, Unknown(id=patch.item, ask=ask, say=Localized.model_validate(said)))


def _differences(old: Bundle, new: Bundle) -> Iterator[str]:
    for name in sorted(new.files):
        if new.files[name] != old.files.get(name):
            before, after = (each.files.get(name, b"").decode().splitlines(keepends=True) for each in (old, new))
            for line in difflib.unified_diff(before, after, f"a/{old.shown(name)}", f"b/{new.shown(name)}"):
                yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
