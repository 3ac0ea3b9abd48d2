"""What buttons carry: short, versioned, and read back as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callbacks import (
    LIMIT,
    Await,
    Callback,
    Choose,
    ChooseLanguage,
    Decide,
    Rate,
    Settle,
    ShowFact,
    ShowSource,
    TurnPage,
    decode,
    encode,
    mark,
)
from bot.knowledge.models import LANGUAGES

langs = st.sampled_from(LANGUAGES)
marks = st.builds(mark, st.text(min_size=1, max_size=150))
several = st.lists(marks, min_size=1, max_size=4).map(tuple)
callbacks: st.SearchStrategy[Callback] = st.one_of(
    st.builds(ShowFact, langs, marks),
    st.builds(Choose, langs, marks | st.just(""), st.integers(0, 2**31)),
    st.builds(ShowSource, langs, several),
    st.builds(Rate, langs, st.booleans(), several),
    st.builds(TurnPage, langs, st.sampled_from(["brief", "facts"]), st.integers(0, 9999), marks | st.just("")),
    st.builds(ChooseLanguage, langs | st.none()),
    st.builds(Await, langs, st.integers(0, 2**31), st.integers(0, 2**31)),
    st.builds(Settle, langs, st.just("fact"), st.integers(0, 2**31), marks),
    st.builds(Settle, langs, st.sampled_from(["unknown", "ignore", "next"]), st.integers(0, 2**31)),
    st.builds(Decide, langs, st.sampled_from(["confirm", "tell", "cancel"]), marks),
)


@given(callbacks)
def test_a_button_carries_at_most_64_bytes_and_is_read_back(callback: Callback) -> None:
    data = encode(callback)
    assert len(data.encode()) <= LIMIT
    assert decode(data) == callback


@given(st.text(max_size=64))
def test_whatever_a_button_carries_is_read_without_harm(data: str) -> None:
    found = decode(data)
    assert found is None or decode(encode(found)) == found


@pytest.mark.parametrize(
    "data", ["", "1", "0:f:en:abcdefgh", "1:f:de:abcdefgh", "1:f:en", "1:f:en:short", "1:s:en", "1:b:en:-1:", "1:c:xx"]
)
def test_what_this_version_did_not_write_is_no_callback(data: str) -> None:
    assert decode(data) is None


def test_a_fact_keeps_its_mark() -> None:
    assert mark("harbour-fire/hoses-burst") == mark("harbour-fire/hoses-burst")
    assert mark("harbour-fire/hoses-burst") != mark("harbour-fire/crane-fell")
