"""Uses and clearings, read out of records."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.tuya_lock_manager.domain.passwords import Password, PasswordType
from custom_components.tuya_lock_manager.domain.usage import (
    Usage,
    remember_usage,
    usage_of,
)
from custom_components.tuya_lock_manager.tuya_cloud.models import LockRecord

from .builders import DAY, HOUR, MINUTE, NOW, SECOND, issued, password, record

T = PasswordType
LONG: dict[str, Any] = {"start": NOW - HOUR, "end": NOW + DAY}
CUSTOM = password(id="1001", slot=5, **LONG)
GUEST = password(id="697", type=T.TIME_LIMITED, **LONG)
ONCE = password(id="698", type=T.ONE_TIME, **LONG)
CLEAR = password(id="699", type=T.CLEAR_ONE, clears_id="697", **LONG)
CLEAR_ALL = password(id="700", type=T.CLEAR_ALL, **LONG)
OPENED = record(value="697", time=NOW - 20 * MINUTE)


def clearing(code: str = "unlock_offline_clear_single", **fields: Any) -> LockRecord:
    return record(**{"code": code, "value": "AAEC", **fields})


def test_the_first_use_counts_whatever_the_order() -> None:
    records = [
        record(time=NOW),
        record(time=NOW - 5 * MINUTE),
        record(time=NOW - MINUTE),
    ]
    assert usage_of(records, [CUSTOM]) == Usage(
        {CUSTOM.key: NOW - 5 * MINUTE}, {}, frozenset()
    )


def test_who_may_have_been_meant_is_in_doubt() -> None:
    twin = password(id="1002", slot=5, **LONG)
    usage = usage_of([record()], [CUSTOM, twin])
    assert usage == Usage({}, {}, frozenset({CUSTOM.key, twin.key}))


def test_no_doubt_about_a_code_whose_use_is_known() -> None:
    twin = password(id="1002", slot=5, **LONG)
    usage = usage_of([record(), record(value="1001")], [CUSTOM, twin])
    assert set(usage.used) == {CUSTOM.key}
    assert usage.doubtful == {twin.key}


def test_an_unreadable_value_casts_doubt_on_offline_codes() -> None:
    unreadable = record(code="unlock_offline_pd", value="AAEC")
    usage = usage_of([unreadable], [CUSTOM, GUEST, ONCE])
    assert usage.doubtful == {GUEST.key, ONCE.key}
    assert not usage.used


def test_a_temporary_code_may_have_been_any_offline_code() -> None:
    usage = usage_of([record(value="77")], [CUSTOM, GUEST, ONCE])
    assert usage.doubtful == {GUEST.key, ONCE.key}


def test_the_only_offline_code_is_the_one_if_all_are_known() -> None:
    unreadable = record(code="unlock_offline_pd", value="AAEC")
    assert usage_of([unreadable], [CUSTOM, ONCE], complete_until=NOW).used == {
        ONCE.key: unreadable.time
    }
    assert not usage_of([unreadable], [CUSTOM, ONCE]).used
    assert not usage_of([unreadable], [GUEST, ONCE], complete_until=NOW).used
    assert not usage_of([record(value="77")], [GUEST], complete_until=NOW).used


@pytest.mark.parametrize(
    "code", ["unlock_fingerprint", "alarm_lock", "doorbell", "unlock_dynamic"]
)
def test_other_records_say_nothing(code: str) -> None:
    assert usage_of([record(code=code)], [CUSTOM, GUEST, ONCE]) == Usage(
        {}, {}, frozenset()
    )


def test_codes_not_live_then_are_in_no_doubt() -> None:
    usage = usage_of(
        [record(code="unlock_offline_pd", value="", time=NOW - DAY)], [GUEST]
    )
    assert not usage.doubtful


class TestClearing:
    """A clearing code was typed at the lock."""

    @pytest.mark.parametrize(
        "code", ["unlock_offline_clear_single", "unlock_offline_clear"]
    )
    def test_the_only_clearing_code(self, code: str) -> None:
        typed, codes = clearing(code), [GUEST, ONCE, CLEAR]
        assert usage_of([OPENED, typed], codes, complete_until=typed.time) == Usage(
            {GUEST.key: OPENED.time, CLEAR.key: typed.time},
            {GUEST.key: typed.time},
            frozenset(),
        )

    def test_a_code_that_was_never_used_may_live_on(self) -> None:
        """Some locks ignore a clearing of it, and report it all the same."""
        usage = usage_of([clearing()], [GUEST, CLEAR], complete_until=NOW)
        assert (set(usage.used), usage.cleared) == ({CLEAR.key}, {})
        later = replace(OPENED, time=NOW)
        usage = usage_of([clearing(), later], [GUEST, CLEAR], complete_until=NOW)
        assert not usage.cleared

    def test_used_and_cleared_within_a_second(self) -> None:
        typed, opened = clearing(time=NOW), replace(OPENED, time=NOW)
        usage = usage_of([typed, opened], [GUEST, CLEAR], complete_until=NOW)
        assert set(usage.cleared) == {GUEST.key}

    def test_a_remembered_use_is_a_use(self) -> None:
        usage = usage_of(
            [clearing()],
            [GUEST, CLEAR],
            complete_until=NOW,
            remembered=[issued(used_at=NOW - HOUR)],
        )
        assert set(usage.cleared) == {GUEST.key}

    def test_a_cleared_code_that_opens_was_not_cleared(self) -> None:
        again = replace(OPENED, time=NOW)
        ours = issued(used_at=NOW - HOUR, cleared_at=NOW - MINUTE)
        usage = usage_of(
            [OPENED, clearing(), again], [GUEST, CLEAR], complete_until=NOW
        )
        assert not usage.cleared
        usage = usage_of([again], [GUEST], remembered=[ours])
        assert not usage.cleared
        assert remember_usage(ours, usage).cleared_at is None
        assert usage_of([OPENED], [GUEST], remembered=[ours]).cleared

    def test_one_that_was_made_elsewhere_may_have_been_typed(self) -> None:
        """The list of codes counts only for what happened before it was read."""
        typed, codes = clearing(), [GUEST, CLEAR]
        for until in (None, typed.time - SECOND):
            usage = usage_of([OPENED, typed], codes, complete_until=until)
            assert (set(usage.used), usage.cleared) == ({GUEST.key}, {})

    def test_a_spent_clearing_code_is_not_typed_again(self) -> None:
        other = password(id="701", type=T.CLEAR_ONE, clears_id="698", **LONG)
        usage = usage_of(
            [clearing(value="699", time=NOW - MINUTE), clearing(time=NOW)],
            [GUEST, CLEAR, other],
            complete_until=NOW,
        )
        assert set(usage.used) == {CLEAR.key, other.key}

    def test_a_cleared_code_is_not_the_one_that_opens(self) -> None:
        other = password(id="702", type=T.TIME_LIMITED, **LONG)
        opened = record(code="unlock_offline_pd", value="", time=NOW)
        usage = usage_of(
            [OPENED, clearing(), opened], [GUEST, CLEAR, other], complete_until=NOW
        )
        assert usage.used[other.key] == NOW
        assert set(usage.cleared) == {GUEST.key}

    @pytest.mark.parametrize("value", ["697", "699"])
    def test_named_by_its_value(self, value: str) -> None:
        other = password(id="701", type=T.CLEAR_ONE, clears_id="698", **LONG)
        records = [OPENED, clearing(value=value)]
        usage = usage_of(records, [GUEST, ONCE, CLEAR, other])
        assert set(usage.cleared) == {GUEST.key}

    def test_one_of_two_is_none(self) -> None:
        other = password(id="701", type=T.CLEAR_ONE, clears_id="698", **LONG)
        codes = [GUEST, CLEAR, other]
        assert usage_of([clearing()], codes, complete_until=NOW) == Usage(
            {}, {}, frozenset()
        )

    def test_either_of_two_for_the_same_code(self) -> None:
        """It is not known which was typed, but what it cleared is."""
        again = password(id="701", type=T.CLEAR_ONE, clears_id="697", **LONG)
        codes = [GUEST, CLEAR, again]
        usage = usage_of([OPENED, clearing()], codes, complete_until=NOW)
        assert set(usage.cleared) == {GUEST.key}
        assert set(usage.used) == {GUEST.key}
        blind = [GUEST, replace(CLEAR, clears_id=None), replace(again, clears_id=None)]
        assert not usage_of([OPENED, clearing()], blind, complete_until=NOW).cleared

    def test_a_single_clearing_is_not_that_of_all(self) -> None:
        codes = [GUEST, CLEAR, CLEAR_ALL]
        usage = usage_of([clearing()], codes, complete_until=NOW)
        assert set(usage.used) == {CLEAR.key}
        typed = clearing("unlock_offline_clear")
        assert not usage_of([typed], codes, complete_until=NOW).used

    def test_all_that_existed_are_cleared(self) -> None:
        typed = clearing("unlock_offline_clear", time=NOW)
        later = password(id="1", type=T.TIME_LIMITED, issued_at=NOW + MINUTE, **LONG)
        ahead = password(
            id="2",
            type=T.TIME_LIMITED,
            issued_at=NOW - HOUR,
            start=NOW + HOUR,
            end=NOW + DAY,
        )
        over = password(id="3", type=T.TIME_LIMITED, start=NOW - DAY, end=NOW)
        unknown = password(id="4", type=T.TIME_LIMITED, start=None, end=None)
        endless = password(id="5", type=T.TIME_LIMITED, start=NOW, end=None)
        codes = [CUSTOM, GUEST, ONCE, CLEAR_ALL, later, ahead, over, unknown, endless]
        uses = [
            issued(id=code.id, used_at=NOW - HOUR)
            for code in codes
            if code != CLEAR_ALL
        ]
        usage = usage_of([typed], codes, complete_until=NOW, remembered=uses)
        assert set(usage.cleared) == {GUEST.key, ahead.key, endless.key}

    def test_one_that_clears_who_knows_what(self) -> None:
        nameless = password(id="699", type=T.CLEAR_ONE, **LONG)
        usage = usage_of([clearing()], [GUEST, nameless], complete_until=NOW)
        assert set(usage.used) == {nameless.key}
        assert not usage.cleared

    def test_an_expired_clearing_code_was_not_typed(self) -> None:
        typed = clearing(time=NOW + 2 * DAY)
        assert not usage_of([typed], [GUEST, CLEAR], complete_until=typed.time).used

    def test_the_first_clearing_counts(self) -> None:
        first, second = clearing(time=NOW - MINUTE), clearing(time=NOW)
        usage = usage_of([second, OPENED, first], [GUEST, CLEAR], complete_until=NOW)
        assert usage.cleared == {GUEST.key: NOW - MINUTE}


def test_remembering() -> None:
    code = issued()
    usage = Usage({code.key: NOW}, {code.key: NOW + HOUR}, frozenset())
    told = remember_usage(code, usage)
    assert (told.used_at, told.cleared_at) == (NOW, NOW + HOUR)
    again = Usage({code.key: NOW + DAY}, {code.key: NOW + HOUR}, frozenset())
    assert remember_usage(told, again) == told
    assert remember_usage(code, Usage({}, {}, frozenset())) == code


def test_an_empty_lock() -> None:
    nobody: list[Password] = []
    assert usage_of([record(), clearing()], nobody) == Usage({}, {}, frozenset())
