"""A small fact base in a folder of its own, for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from .folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A fact base that loads."""
    return Folder.create(tmp_path / "knowledge")
