"""Withdraws a fact in the files of a fact base: one key more in its YAML, and nothing else touched."""

from __future__ import annotations

import json
from datetime import date

from bot.knowledge.bundle import Bundle
from bot.knowledge.document import Document, parse


class NoSuchFactError(LookupError):
    """The fact base has no such fact."""


def withdrawing(bundle: Bundle, key: str, *, on: date, why: str) -> Bundle:
    """Return a bundle in which a fact (``report/fact``) is withdrawn since a day, for a reason in English.

    Comments and layout stay. Raises NoSuchFactError, and KnowledgeError where the file cannot be read.
    """
    report, _, name = key.partition("/")
    file = f"{report}.yaml"
    if file not in bundle.files:
        raise NoSuchFactError(key)
    content = bundle.files[file].decode("utf-8-sig")
    document = parse(bundle.shown(file), bundle.files[file])
    line, column = _beginning(document, name)
    # A text in JSON is one in YAML, whatever is in it.
    withdrawn = f"withdrawn: {{on: {on.isoformat()}, why: {{en: {json.dumps(why, ensure_ascii=False)}}}}}"
    rows = content.splitlines(keepends=True)
    row = rows[line - 1]
    before, after = row[: column - 1], row[column - 1 :]
    in_braces = before.rstrip().endswith("{")
    joint = ", " if in_braces else "\n" + " " * (column - 1)
    rows[line - 1] = f"{before}{withdrawn}{joint}{after}"
    return bundle.having(file, "".join(rows).encode())


def _beginning(document: Document, name: str) -> tuple[int, int]:
    """Return where the first key of a fact stands, line and column counted from 1."""
    facts = document.data.get("facts") if isinstance(document.data, dict) else None
    for position, fact in enumerate(facts if isinstance(facts, list) else []):
        if isinstance(fact, dict) and fact.get("id") == name:
            keys = [place for path, place in document.keys.items() if path[:-1] == ("facts", position)]
            return min(keys)
    raise NoSuchFactError(name)
