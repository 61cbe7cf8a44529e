"""A change of a code that its lock has not confirmed: what is shown, and until when."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from custom_components.tuya_lock_manager.domain.changes import CodeChange
from custom_components.tuya_lock_manager.domain.families import LockFamily
from custom_components.tuya_lock_manager.domain.inventory import inventory, settled
from custom_components.tuya_lock_manager.domain.passwords import (
    ChangeState,
    IssuedCode,
    Password,
    PasswordStatus as S,
    PasswordType,
)
from custom_components.tuya_lock_manager.tuya_cloud import (
    DeliveryStatus,
    OnlinePassword,
)
from tests.domain.builders import DAY, HOUR, MINUTE, NOW, SECOND, issued, online

ONLINE = (LockFamily.ZIGBEE, LockFamily.WIFI, LockFamily.KEYPAD)
EXTENDED = {"start": NOW - HOUR, "end": NOW + DAY}


def changed(**fields: Any) -> IssuedCode:
    """Return a code of ours, just extended by a day; `before` are the change's fields."""
    change = CodeChange(
        **{
            "asked_at": NOW - SECOND,
            "name": "Cleaner",
            "start": NOW - HOUR,
            "end": NOW + HOUR,
            **fields.pop("before", {}),
        }
    )
    return issued(
        **{
            "id": "1001",
            "type": PasswordType.CUSTOM,
            "name": "Cleaner",
            "use_by": None,
            "change": change,
            **EXTENDED,
            **fields,
        }
    )


def seen(
    listed: OnlinePassword, code: IssuedCode, family: LockFamily, now: Any = NOW
) -> Password:
    """Return the only password."""
    (password,) = inventory(online=[listed], issued=[code], family=family, now=now)
    return password


def is_settled(listed: OnlinePassword, code: IssuedCode, family: LockFamily) -> bool:
    """Tell whether a reading ends the change."""
    return settled(code, [listed], family, NOW).change is None


@pytest.mark.parametrize("family", ONLINE)
@pytest.mark.parametrize("phase", [1, 11, 12, 14])
def test_it_is_on_its_way(family: LockFamily, phase: int) -> None:
    """The slot of a code that was there before proves nothing."""
    listed, code = online(**EXTENDED, phase=phase, slot=5), changed()
    password = seen(listed, code, family)
    assert password.status is S.ACTIVE
    assert password.change is ChangeState.PENDING
    assert (password.start, password.end) == (NOW - HOUR, NOW + HOUR)
    assert (password.asked_start, password.asked_end) == (NOW - HOUR, NOW + DAY)
    assert password.changed_at == NOW - SECOND
    assert not is_settled(listed, code, family)


@pytest.mark.parametrize("family", ONLINE)
@pytest.mark.parametrize("phase", [2, 15])
def test_the_lock_has_it(family: LockFamily, phase: int) -> None:
    listed, code = online(**EXTENDED, phase=phase, slot=5), changed()
    password = seen(listed, code, family)
    assert (password.status, password.change) == (S.ACTIVE, None)
    assert (password.end, password.asked_end) == (NOW + DAY, None)
    assert is_settled(listed, code, family)


@pytest.mark.parametrize("family", ONLINE)
def test_the_list_lags(family: LockFamily) -> None:
    """It shows the old window for a while; if it still does later, nothing came of it."""
    listed, code = online(phase=2), changed()
    assert seen(listed, code, family).change is ChangeState.PENDING
    assert not is_settled(listed, code, family)
    later = NOW + 6 * MINUTE
    assert seen(listed, code, family, later).change is ChangeState.FAILED
    assert seen(listed, code, family, later).status is S.ACTIVE


@pytest.mark.parametrize(
    ("family", "phase"),
    [(LockFamily.KEYPAD, 13), (LockFamily.BLUETOOTH_GATEWAY, 7), (LockFamily.WIFI, 16)],
)
def test_the_lock_refused_it(family: LockFamily, phase: int) -> None:
    password = seen(online(**EXTENDED, phase=phase), changed(), family)
    assert (password.status, password.change) == (S.ACTIVE, ChangeState.FAILED)
    assert password.end == NOW + HOUR
    over = seen(online(**EXTENDED, phase=phase), changed(), family, NOW + 2 * HOUR)
    assert over.status is S.EXPIRED


def test_an_extension_that_comes_late_opens_again() -> None:
    listed, now = online(**EXTENDED, phase=1), NOW + 2 * HOUR
    assert seen(listed, changed(), LockFamily.WIFI, now).status is S.PENDING
    removed = changed(removal_requested_at=NOW)
    assert seen(listed, removed, LockFamily.WIFI, now).status is S.REMOVED


def test_new_digits_are_not_to_be_seen() -> None:
    """So a list that is young enough is waited for, unless something else is new in it."""
    code = changed(start=NOW - HOUR, end=NOW + HOUR)
    listed = online(phase=2)
    assert not is_settled(listed, code, LockFamily.WIFI)
    assert settled(code, [listed], LockFamily.WIFI, NOW + MINUTE).change is None
    renamed = replace(code, name="Eve")
    assert not is_settled(listed, renamed, LockFamily.WIFI)
    assert is_settled(online(phase=2, name="Eve"), renamed, LockFamily.WIFI)
    assert seen(listed, renamed, LockFamily.WIFI).name == "Eve"


def test_a_code_that_was_not_there_before() -> None:
    never = {"before": {"start": None, "end": None}}
    for phase in (1, 14):
        password = seen(online(**EXTENDED, phase=phase), changed(**never), ONLINE[1])
        assert password.status is S.PENDING
    late = seen(
        online(**EXTENDED, phase=14), changed(**never), ONLINE[1], NOW + 6 * MINUTE
    )
    assert late.status is S.UNCONFIRMED
    failed = seen(
        online(**EXTENDED, phase=7), changed(**never), LockFamily.BLUETOOTH_GATEWAY
    )
    assert (failed.status, failed.change) == (S.FAILED, None)
    refused = online(**EXTENDED, phase=2, delivery=DeliveryStatus.FAILED)
    password = seen(refused, changed(**never), LockFamily.ZIGBEE)
    assert (password.status, password.change) == (S.UNCONFIRMED, ChangeState.FAILED)


def test_freezing() -> None:
    window = {"start": NOW - HOUR, "end": NOW + HOUR}
    freeze = changed(**window, before={"frozen": True})
    wake = changed(**window, before={"frozen": False})
    awake, asleep = online(phase=2), online(phase=3)
    zigbee = LockFamily.ZIGBEE
    assert seen(awake, freeze, zigbee).status is S.ACTIVE
    assert seen(awake, freeze, zigbee).change is ChangeState.PENDING
    assert seen(asleep, freeze, zigbee).status is S.FROZEN
    assert is_settled(asleep, freeze, zigbee)
    assert seen(asleep, wake, zigbee).status is S.FROZEN
    assert seen(asleep, wake, zigbee).change is ChangeState.PENDING
    assert not is_settled(asleep, wake, zigbee)
    assert is_settled(awake, wake, zigbee)


def test_a_deletion_goes_on() -> None:
    password = seen(online(**EXTENDED, phase=3), changed(), LockFamily.WIFI)
    assert (password.status, password.change) == (S.REMOVING, None)


def test_a_change_is_not_settled_by_another_code() -> None:
    other = online(**EXTENDED, phase=2, id="1002")
    assert not is_settled(other, changed(), LockFamily.WIFI)


def test_what_waits_is_counted_from_the_last_request() -> None:
    code = changed()
    assert code.sent_at == NOW - SECOND
    assert replace(code, change=None).sent_at == NOW - HOUR
    assert replace(code, removal_requested_at=NOW).sent_at == NOW
    assert replace(code, made_elsewhere=True).made_at is None


def test_it_comes_back_from_the_store() -> None:
    code = changed(
        sealed="abc", made_elsewhere=True, before={"sealed": "def", "frozen": True}
    )
    assert IssuedCode.from_dict(code.to_dict()) == code
    never = changed(before={"start": None, "end": None})
    assert IssuedCode.from_dict(never.to_dict()) == never
    assert "abc" not in repr(code)
    assert "def" not in repr(code)


@pytest.mark.parametrize(
    "damage",
    [
        {"change": 3},
        {"change": {"name": "x"}},
        {"sealed": 3},
        {"change": {**changed().to_dict()["change"], "frozen": "yes"}},  # type: ignore[dict-item]  # it is an object
    ],
)
def test_a_store_that_is_damaged(damage: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        IssuedCode.from_dict({**changed().to_dict(), **damage})


def test_the_zone_of_a_moment_is_needed() -> None:
    naive = (NOW - timedelta(hours=1)).replace(tzinfo=None).isoformat()
    with pytest.raises(ValueError, match="time zone"):
        IssuedCode.from_dict({**changed().to_dict(), "start": naive})
