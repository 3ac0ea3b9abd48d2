"""When subscribers are told, by the clocks on their own walls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.schedule import after_quiet, due, is_quiet
from bot.storage.subscriptions import CADENCES, DAY, Cadence, QuietHours

KYIV = ZoneInfo("Europe/Kyiv")
NIGHT = QuietHours(22 * 60, 7 * 60)
ZONES = ("UTC", "Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")


def at(text: str) -> datetime:
    """Read a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def kyiv(text: str, fold: int = 0) -> datetime:
    """Read a moment on Kyiv's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=KYIV, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("cadence", "now", "told"),
    [
        ("instant", "2031-06-03 12:34:56", "2031-06-03 12:34:56"),
        ("hourly", "2031-06-03 12:34:56", "2031-06-03 13:00"),
        ("hourly", "2031-06-03 13:00", "2031-06-03 13:00"),
        ("daily", "2031-06-03 08:59", "2031-06-03 09:00"),
        ("daily", "2031-06-03 09:01", "2031-06-04 09:00"),
    ],
)
def test_a_digest_comes_at_the_full_hour_or_at_nine(cadence: Cadence, now: str, told: str) -> None:
    assert due(kyiv(now), cadence, None, KYIV) == kyiv(told)


def test_a_full_hour_is_that_of_the_subscribers_clock() -> None:
    kathmandu = ZoneInfo("Asia/Kathmandu")  # 5:45 ahead
    assert due(at("2031-06-03 12:00"), "hourly", None, kathmandu) == at("2031-06-03 12:15")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2031-06-03 21:59", "2031-06-03 21:59"),
        ("2031-06-03 22:00", "2031-06-04 07:00"),
        ("2031-06-04 03:00", "2031-06-04 07:00"),
        ("2031-06-04 07:00", "2031-06-04 07:00"),
    ],
)
def test_nothing_is_told_in_quiet_hours(now: str, told: str) -> None:
    assert due(kyiv(now), "instant", NIGHT, KYIV) == kyiv(told)


def test_quiet_hours_within_a_day_end_on_the_same_day() -> None:
    assert after_quiet(kyiv("2031-06-03 13:30"), QuietHours(13 * 60, 15 * 60), KYIV) == kyiv("2031-06-03 15:00")


def test_a_daily_digest_waits_for_the_end_of_quiet_hours_too() -> None:
    late = QuietHours(23 * 60, 10 * 60 + 30)
    assert due(kyiv("2031-06-03 12:00"), "daily", late, KYIV) == kyiv("2031-06-04 10:30")


# On 2031-03-30 Kyiv's clocks go from 3:00 to 4:00, on 2031-10-26 from 4:00 back to 3:00.


def test_the_night_in_which_clocks_go_forward_is_an_hour_shorter() -> None:
    evening, morning = kyiv("2031-03-29 22:00"), kyiv("2031-03-30 07:00")
    assert due(evening, "instant", NIGHT, KYIV) == morning
    assert morning - evening == timedelta(hours=8)


def test_the_night_in_which_clocks_go_back_is_an_hour_longer() -> None:
    evening, morning = kyiv("2031-10-25 22:00"), kyiv("2031-10-26 07:00")
    assert due(evening, "instant", NIGHT, KYIV) == morning
    assert morning - evening == timedelta(hours=10)


def test_quiet_hours_that_end_in_the_missing_hour_end_with_it() -> None:
    assert after_quiet(kyiv("2031-03-30 01:00"), QuietHours(0, 3 * 60 + 30), KYIV) == kyiv("2031-03-30 04:00")


def test_quiet_hours_that_end_in_the_hour_that_comes_twice_end_both_times() -> None:
    quiet = QuietHours(0, 3 * 60 + 30)
    assert after_quiet(kyiv("2031-10-26 03:10"), quiet, KYIV) == kyiv("2031-10-26 03:30")
    assert after_quiet(kyiv("2031-10-26 03:10", fold=1), quiet, KYIV) == kyiv("2031-10-26 03:30", fold=1)


def test_an_hourly_digest_comes_in_both_of_the_hours_that_are_called_the_same() -> None:
    assert due(kyiv("2031-10-26 02:30"), "hourly", None, KYIV) == kyiv("2031-10-26 03:00")
    assert due(kyiv("2031-10-26 03:30"), "hourly", None, KYIV) == kyiv("2031-10-26 03:00", fold=1)


@pytest.mark.parametrize("day", ["2031-03-30", "2031-10-26"])
def test_the_daily_digest_comes_at_nine_on_the_day_of_a_change(day: str) -> None:
    assert due(kyiv(f"{day} 00:30"), "daily", None, KYIV) == kyiv(f"{day} 09:00")


moments = st.datetimes(
    min_value=datetime(2011, 12, 1),  # noqa: DTZ001 - hypothesis adds the zone; in that month Apia skipped a day
    max_value=datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
minutes = st.integers(min_value=0, max_value=DAY - 1)
zones = st.sampled_from(ZONES).map(ZoneInfo)


@given(moments, st.sampled_from(CADENCES), minutes, minutes, zones)
def test_what_is_due_is_never_past_never_quiet_and_never_far(
    now: datetime, cadence: Cadence, start: int, end: int, zone: ZoneInfo
) -> None:
    quiet = None if start == end else QuietHours(start, end)
    told = due(now, cadence, quiet, zone)
    assert told >= now
    assert quiet is None or not is_quiet(told, quiet, zone)
    assert told - now <= timedelta(hours=24 + 24 + 26)


@given(moments, zones)
def test_an_hourly_digest_is_at_a_full_hour_within_the_hour(now: datetime, zone: ZoneInfo) -> None:
    told = due(now, "hourly", None, zone)
    assert told.astimezone(zone).minute in {0, 30}  # clocks of Lord Howe change by half an hour
    assert told - now < timedelta(hours=1)


@given(moments, zones)
def test_a_daily_digest_comes_once_a_day_at_nine(now: datetime, zone: ZoneInfo) -> None:
    told = due(now, "daily", None, zone)
    assert (told.astimezone(zone).hour, told.astimezone(zone).minute) == (9, 0)
    again = due(told + timedelta(seconds=1), "daily", None, zone)
    assert timedelta(hours=23) <= again - told <= timedelta(hours=49)
