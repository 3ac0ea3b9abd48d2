"""The files of a fact base as one value."""

from __future__ import annotations

import pytest

from bot.knowledge.bundle import SHARED_LEXICON, Bundle, DamagedBundleError
from bot.knowledge.loader import build, bundle_of

from .folder import LEXICON_NAME, QUESTIONS_NAME, REPORT_NAME, Folder


def test_a_bundle_holds_all_files_and_loads_like_the_folder(folder: Folder) -> None:
    bundle = bundle_of(folder.path)
    assert sorted(bundle.files) == sorted([REPORT_NAME, QUESTIONS_NAME, LEXICON_NAME, "quotes.lock"])
    assert build(bundle) == folder.load()


def test_a_bundle_outlives_being_packed(folder: Folder) -> None:
    bundle = bundle_of(folder.path)
    packed = bundle.packed()
    assert packed == bundle_of(folder.path).packed()
    assert Bundle.unpacked("knowledge", packed, bundle.revision) == bundle


def test_a_bundle_keeps_the_shared_lexicon_apart(folder: Folder) -> None:
    (folder.path / LEXICON_NAME).unlink()
    (folder.path / "lexicon").rmdir()
    names = [name for name in bundle_of(folder.path).files if name.startswith(f"{SHARED_LEXICON}/")]
    assert f"{SHARED_LEXICON}/places.yaml" in names


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", b"not an archive"])
def test_a_damaged_bundle_is_told_from_a_good_one(damage: bytes) -> None:
    with pytest.raises(DamagedBundleError):
        Bundle.unpacked("knowledge", damage, "0123456789ab")


def test_wherever_a_stored_bundle_is_damaged_it_is_never_taken_for_a_good_one(folder: Folder) -> None:
    bundle = bundle_of(folder.path)
    packed = bundle.packed()
    for position in range(0, len(packed), 7):
        damaged = bytearray(packed)
        damaged[position] ^= 0x55
        try:
            assert Bundle.unpacked("knowledge", bytes(damaged), bundle.revision) == bundle
        except DamagedBundleError:
            continue


def test_only_the_shared_lexicon_is_not_the_folders_own() -> None:
    bundle = Bundle("knowledge", {f"{SHARED_LEXICON}/a.yaml": b"", f"{SHARED_LEXICON}.yaml": b"report: {}"})
    assert set(bundle.own().files) == {f"{SHARED_LEXICON}.yaml"}


def test_a_bundle_of_other_files_is_refused(folder: Folder) -> None:
    packed = bundle_of(folder.path).packed()
    with pytest.raises(DamagedBundleError, match="should be 0123456789ab"):
        Bundle.unpacked("knowledge", packed, "0123456789ab")


def test_a_changed_file_makes_another_revision_and_leaves_the_first_alone(folder: Folder) -> None:
    bundle = bundle_of(folder.path)
    other = bundle.having(REPORT_NAME, b"report: {}")
    assert other.revision != bundle.revision == bundle_of(folder.path).revision
