"""Uses and clearings, read out of records."""

from typing import Any

import pytest

from custom_components.tuya_lock_manager.domain.passwords import Password, PasswordType
from custom_components.tuya_lock_manager.domain.usage import (
    Usage,
    remember_usage,
    usage_of,
)
from custom_components.tuya_lock_manager.tuya_cloud.models import LockRecord

from .builders import DAY, HOUR, MINUTE, NOW, issued, password, record

T = PasswordType
LONG: dict[str, Any] = {"start": NOW - HOUR, "end": NOW + DAY}
CUSTOM = password(id="1001", slot=5, **LONG)
GUEST = password(id="697", type=T.TIME_LIMITED, **LONG)
ONCE = password(id="698", type=T.ONE_TIME, **LONG)
CLEAR = password(id="699", type=T.CLEAR_ONE, clears_id="697", **LONG)
CLEAR_ALL = password(id="700", type=T.CLEAR_ALL, **LONG)


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


def test_of_a_temporary_code_on_those_only_that_would_lapse() -> None:
    usage = usage_of([record(value="77")], [CUSTOM, GUEST, ONCE])
    assert usage.doubtful == {GUEST.key}


def test_the_only_offline_code_is_the_one_if_all_are_known() -> None:
    unreadable = record(code="unlock_offline_pd", value="AAEC")
    assert usage_of([unreadable], [CUSTOM, ONCE], complete=True).used == {
        ONCE.key: unreadable.time
    }
    assert not usage_of([unreadable], [CUSTOM, ONCE]).used
    assert not usage_of([unreadable], [GUEST, ONCE], complete=True).used
    assert not usage_of([record(value="77")], [GUEST], complete=True).used


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
        typed = clearing(code)
        assert usage_of([typed], [GUEST, ONCE, CLEAR]) == Usage(
            {CLEAR.key: typed.time}, {GUEST.key: typed.time}, frozenset()
        )

    @pytest.mark.parametrize("value", ["697", "699"])
    def test_named_by_its_value(self, value: str) -> None:
        other = password(id="701", type=T.CLEAR_ONE, clears_id="698", **LONG)
        usage = usage_of([clearing(value=value)], [GUEST, ONCE, CLEAR, other])
        assert set(usage.cleared) == {GUEST.key}

    def test_one_of_two_is_none(self) -> None:
        other = password(id="701", type=T.CLEAR_ONE, clears_id="698", **LONG)
        assert usage_of([clearing()], [GUEST, CLEAR, other]) == Usage(
            {}, {}, frozenset()
        )

    def test_a_single_clearing_is_not_that_of_all(self) -> None:
        usage = usage_of([clearing()], [GUEST, CLEAR, CLEAR_ALL])
        assert set(usage.used) == {CLEAR.key}
        assert not usage_of(
            [clearing("unlock_offline_clear")], [GUEST, CLEAR, CLEAR_ALL]
        ).used

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
        usage = usage_of([typed], codes)
        assert set(usage.cleared) == {GUEST.key, ONCE.key, ahead.key, endless.key}
        assert set(usage.used) == {CLEAR_ALL.key}

    def test_one_that_clears_who_knows_what(self) -> None:
        nameless = password(id="699", type=T.CLEAR_ONE, **LONG)
        usage = usage_of([clearing()], [GUEST, nameless])
        assert set(usage.used) == {nameless.key}
        assert not usage.cleared

    def test_an_expired_clearing_code_was_not_typed(self) -> None:
        assert not usage_of([clearing(time=NOW + 2 * DAY)], [GUEST, CLEAR]).used

    def test_the_first_clearing_counts(self) -> None:
        first, second = clearing(time=NOW - MINUTE), clearing(time=NOW)
        assert usage_of([second, first], [GUEST, CLEAR]).cleared == {
            GUEST.key: NOW - MINUTE
        }


def test_remembering() -> None:
    code = issued()
    usage = Usage({code.key: NOW}, {code.key: NOW + HOUR}, frozenset())
    told = remember_usage(code, usage)
    assert (told.used_at, told.cleared_at) == (NOW, NOW + HOUR)
    again = Usage({code.key: NOW + DAY}, {code.key: NOW + DAY}, frozenset())
    assert remember_usage(told, again) == told
    assert remember_usage(code, Usage({}, {}, frozenset())) == code


def test_an_empty_lock() -> None:
    nobody: list[Password] = []
    assert usage_of([record(), clearing()], nobody) == Usage({}, {}, frozenset())
