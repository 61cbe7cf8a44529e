"""The status of online codes, family by family."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.families import LockFamily
from custom_components.tuya_lock_manager.domain.passwords import (
    ChangeState,
    PasswordStatus,
)
from custom_components.tuya_lock_manager.domain.status import (
    change_of,
    failure_of,
    online_status,
)
from custom_components.tuya_lock_manager.domain.windows import Window
from custom_components.tuya_lock_manager.tuya_cloud.models import DeliveryStatus

from .builders import DAY, HOUR, MINUTE, NOW, SECOND, moments, online

S = PasswordStatus
D = DeliveryStatus
ZIGBEE, WIFI, KEYPAD = LockFamily.ZIGBEE, LockFamily.WIFI, LockFamily.KEYPAD
GATEWAY, BLUETOOTH, UNKNOWN = (
    LockFamily.BLUETOOTH_GATEWAY,
    LockFamily.BLUETOOTH,
    LockFamily.UNKNOWN,
)
FAMILIES = tuple(LockFamily)
FAILURES = (D.FAILED, D.DUPLICATE, D.FULL, D.OVERLAP)

# phase -> status of a code made just now, in its window, by family
SIMPLE = {
    ZIGBEE: {
        0: S.UNKNOWN,
        1: S.PENDING,
        2: S.ACTIVE,
        3: S.FROZEN,
        4: S.REMOVED,
        5: S.FAILED,
        7: S.UNKNOWN,
    },
    WIFI: {
        0: S.REMOVED,
        1: S.PENDING,
        2: S.ACTIVE,
        3: S.REMOVING,
        4: S.UNKNOWN,
        5: S.UNKNOWN,
        7: S.UNKNOWN,
    },
    KEYPAD: {
        0: S.REMOVED,
        1: S.PENDING,
        2: S.ACTIVE,
        3: S.REMOVING,
        4: S.UNKNOWN,
        5: S.UNKNOWN,
        7: S.UNKNOWN,
    },
    GATEWAY: {
        0: S.REMOVED,
        1: S.PENDING,
        2: S.ACTIVE,
        3: S.REMOVING,
        4: S.UNKNOWN,
        5: S.UNKNOWN,
        7: S.FAILED,
    },
    BLUETOOTH: {
        0: S.REMOVED,
        1: S.PENDING,
        2: S.ACTIVE,
        3: S.REMOVING,
        4: S.UNKNOWN,
        5: S.UNKNOWN,
        7: S.FAILED,
    },
    UNKNOWN: {
        0: S.REMOVED,
        1: S.PENDING,
        2: S.ACTIVE,
        3: S.UNKNOWN,
        4: S.REMOVED,
        5: S.FAILED,
        7: S.FAILED,
    },
}
COMBINED = (
    *(
        (11, S.PENDING),
        (12, S.PENDING),
        (13, S.FAILED),
        (14, S.UNCONFIRMED),
        (15, S.ACTIVE),
    ),
    *((16, S.UNCONFIRMED), (17, S.REMOVING), (18, S.REMOVING), (19, S.REMOVING)),
    *(
        (6, S.UNKNOWN),
        (8, S.UNKNOWN),
        (10, S.UNKNOWN),
        (20, S.UNKNOWN),
        (-1, S.UNKNOWN),
    ),
)


def status(family: LockFamily, now: datetime = NOW, **fields: Any) -> PasswordStatus:
    """Return the status of a code that was made here just now."""
    known = {
        key: fields.pop(key)
        for key in ("created_at", "confirmed", "used", "removal_requested")
        if key in fields
    }
    return online_status(online(**fields), family, now, **{"created_at": NOW, **known})


@pytest.mark.parametrize(
    ("family", "phase", "expected"),
    [
        (family, phase, value)
        for family, row in SIMPLE.items()
        for phase, value in row.items()
    ]
    + [(family, phase, value) for family in FAMILIES for phase, value in COMBINED],
)
def test_phases(family: LockFamily, phase: int, expected: PasswordStatus) -> None:
    assert status(family, phase=phase) is expected


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("phase", [2, 12, 15])
def test_on_the_lock_the_window_decides(family: LockFamily, phase: int) -> None:
    fields: dict[str, Any] = {
        "phase": phase,
        "slot": 0,
        "start": NOW,
        "end": NOW + HOUR,
    }
    assert status(family, NOW - SECOND, **fields) is S.SCHEDULED
    assert status(family, NOW, **fields) is S.ACTIVE
    assert status(family, NOW + HOUR - SECOND, **fields) is S.ACTIVE
    assert status(family, NOW + HOUR, **fields) is S.EXPIRED


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("slot", "stored"), [(None, False), (-1, False), (0, True), (7, True)]
)
def test_accepted_is_on_the_lock_with_a_slot(
    family: LockFamily, slot: int | None, stored: bool
) -> None:
    after: dict[str, Any] = {"phase": 12, "slot": slot, "end": NOW + DAY}
    assert status(family, NOW, **after) is (S.ACTIVE if stored else S.PENDING)
    assert status(family, NOW + 5 * MINUTE, **after) is (
        S.ACTIVE if stored else S.PENDING
    )
    late = NOW + 5 * MINUTE + SECOND
    assert status(family, late, **after) is (S.ACTIVE if stored else S.UNCONFIRMED)


@pytest.mark.parametrize("phase", [1, 11])
@pytest.mark.parametrize("family", FAMILIES)
def test_who_stays_pending(family: LockFamily, phase: int) -> None:
    late = NOW + timedelta(seconds=90)
    fields: dict[str, Any] = {"phase": phase, "end": NOW + 9 * DAY}
    assert status(family, late, **fields) is S.PENDING
    quick = family in {ZIGBEE, GATEWAY, UNKNOWN}
    assert status(family, late + SECOND, **fields) is (
        S.UNCONFIRMED if quick else S.PENDING
    )
    assert status(family, late + 8 * DAY, **fields) is (
        S.UNCONFIRMED if quick else S.PENDING
    )


def test_pending_before_its_start_is_not_scheduled() -> None:
    assert status(WIFI, phase=1, start=NOW + DAY, end=NOW + 2 * DAY) is S.PENDING


def test_a_code_of_unknown_age_is_as_old_as_its_start() -> None:
    fields: dict[str, Any] = {"phase": 12, "created_at": None, "end": NOW + DAY}
    assert status(WIFI, **fields, start=NOW - 5 * MINUTE) is S.PENDING
    assert status(WIFI, **fields, start=NOW - 5 * MINUTE - SECOND) is S.UNCONFIRMED
    assert status(WIFI, **fields, start=NOW + MINUTE) is S.PENDING


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("delivery", FAILURES)
@pytest.mark.parametrize("phase", [1, 11, 12, None])
def test_a_refusal_is_a_failure(
    family: LockFamily, delivery: DeliveryStatus, phase: int | None
) -> None:
    assert status(family, phase=phase, delivery=delivery) is S.FAILED
    assert failure_of(online(delivery=delivery)) is delivery


@pytest.mark.parametrize("delivery", [None, D.ONGOING, D.SUCCESS, D.UNKNOWN])
def test_no_refusal_no_failure(delivery: DeliveryStatus | None) -> None:
    assert failure_of(online(delivery=delivery)) is None


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("delivery", "expected"),
    [
        (D.ONGOING, S.PENDING),
        (D.SUCCESS, S.ACTIVE),
        (D.UNKNOWN, S.UNKNOWN),
        (None, S.UNKNOWN),
    ],
)
def test_without_a_phase_the_delivery_tells(
    family: LockFamily, delivery: DeliveryStatus | None, expected: PasswordStatus
) -> None:
    assert status(family, phase=None, delivery=delivery) is expected


@pytest.mark.parametrize("family", FAMILIES)
def test_a_delivered_success_adds_nothing_to_a_phase(family: LockFamily) -> None:
    assert status(family, phase=1, delivery=D.SUCCESS) is S.PENDING
    assert status(family, phase=2, delivery=D.SUCCESS) is S.ACTIVE
    assert status(family, phase=2, delivery=D.UNKNOWN) is S.ACTIVE


class TestChange:
    """A change that the lock hasn't confirmed: the old window may still hold."""

    OLD = Window(NOW - DAY, NOW + 2 * HOUR)

    @pytest.mark.parametrize("family", FAMILIES)
    @pytest.mark.parametrize(
        ("fields", "change"),
        [
            ({"phase": 14}, ChangeState.PENDING),
            ({"phase": 16}, ChangeState.FAILED),
            ({"phase": 2, "delivery": D.OVERLAP}, ChangeState.FAILED),
            ({"phase": 12, "slot": 3, "delivery": D.FAILED}, ChangeState.FAILED),
        ],
    )
    def test_the_confirmed_window_decides(
        self, family: LockFamily, fields: dict[str, Any], change: ChangeState
    ) -> None:
        assert change_of(online(**fields), family) is change
        # moved to tomorrow, as far as the cloud knows
        fields |= {"start": NOW + DAY, "end": NOW + 2 * DAY}
        assert status(family, **fields) is S.UNCONFIRMED
        assert status(family, **fields, confirmed=self.OLD) is S.ACTIVE
        over = self.OLD.end
        assert status(family, over, **fields, confirmed=self.OLD) is S.EXPIRED

    def test_an_unknown_old_window_may_last_beyond_the_new_one(self) -> None:
        fields: dict[str, Any] = {"phase": 14, "end": NOW - SECOND}
        assert status(WIFI, **fields) is S.UNCONFIRMED
        assert status(WIFI, **fields, confirmed=self.OLD) is S.ACTIVE

    def test_zigbee_says_that_it_is_at_it(self) -> None:
        assert change_of(online(delivery=D.ONGOING), ZIGBEE) is ChangeState.PENDING
        assert status(ZIGBEE, phase=2, delivery=D.ONGOING) is S.UNCONFIRMED

    @pytest.mark.parametrize(
        "family", [family for family in FAMILIES if family is not ZIGBEE]
    )
    def test_elsewhere_the_number_may_stand_still(self, family: LockFamily) -> None:
        assert change_of(online(delivery=D.ONGOING), family) is None
        assert status(family, phase=2, delivery=D.ONGOING) is S.ACTIVE

    @pytest.mark.parametrize("phase", [1, 2, 12, 15, 17])
    def test_no_change(self, phase: int) -> None:
        assert change_of(online(phase=phase), WIFI) is None

    def test_a_confirmed_window_matters_to_changes_only(self) -> None:
        past = Window(NOW - 2 * DAY, NOW - DAY)
        assert status(WIFI, phase=2, confirmed=past) is S.ACTIVE


class TestRemoval:
    """A deletion is done when the lock did it, or when the code would have ended."""

    @pytest.mark.parametrize(
        ("family", "phase"),
        [(WIFI, 3), (KEYPAD, 3), (GATEWAY, 3), (BLUETOOTH, 3)]
        + [(family, phase) for family in FAMILIES for phase in (17, 18, 19)],
    )
    def test_on_its_way_off_it_may_open_until_its_end(
        self, family: LockFamily, phase: int
    ) -> None:
        assert status(family, NOW + HOUR - SECOND, phase=phase) is S.REMOVING
        assert status(family, NOW + HOUR, phase=phase) is S.REMOVED

    @pytest.mark.parametrize(
        ("family", "phase"), [(ZIGBEE, 4), (WIFI, 0), (GATEWAY, 0)]
    )
    def test_the_locks_word(self, family: LockFamily, phase: int) -> None:
        assert status(family, phase=phase) is S.REMOVED
        assert status(family, NOW + DAY, phase=phase) is S.REMOVED
        assert status(family, phase=phase, used=True) is S.REMOVED

    @pytest.mark.parametrize("phase", [1, 2, 12, 15])
    @pytest.mark.parametrize("family", FAMILIES)
    def test_what_we_asked_for_while_the_list_lags(
        self, family: LockFamily, phase: int
    ) -> None:
        assert status(family, phase=phase, removal_requested=True) is S.REMOVING
        over = NOW + HOUR
        assert status(family, over, phase=phase, removal_requested=True) is S.REMOVED


@pytest.mark.parametrize(
    ("fields", "now", "expected"),
    [
        ({"phase": 2, "used": True}, NOW, S.USED),
        ({"phase": 2, "used": True}, NOW + DAY, S.USED),
        ({"phase": 5}, NOW + DAY, S.EXPIRED),
        ({"phase": 3}, NOW + DAY, S.EXPIRED),
        ({"phase": 1}, NOW + DAY, S.EXPIRED),
        ({"phase": 9}, NOW + DAY, S.EXPIRED),
        ({"phase": 17, "used": True}, NOW, S.USED),
        ({"phase": 17, "delivery": D.FAILED}, NOW, S.REMOVING),
        ({"phase": 3, "delivery": D.FAILED}, NOW, S.FROZEN),
    ],
)
def test_first_match_wins(
    fields: dict[str, Any], now: datetime, expected: PasswordStatus
) -> None:
    assert status(ZIGBEE, now, **fields) is expected


@given(
    family=st.sampled_from(FAMILIES),
    phase=st.none() | st.integers(-2, 25),
    delivery=st.none() | st.sampled_from(D),
    slot=st.none() | st.integers(-1, 999),
    start=moments,
    length=st.timedeltas(SECOND, 9 * DAY),
    now=moments,
    removal=st.booleans(),
)
def test_a_code_that_it_says_works_works(
    family: LockFamily,
    phase: int | None,
    delivery: DeliveryStatus | None,
    slot: int | None,
    start: datetime,
    length: timedelta,
    now: datetime,
    removal: bool,
) -> None:
    """Active takes a lock's confirmation, an open window and no wish to remove it."""
    code = online(
        phase=phase, delivery=delivery, slot=slot, start=start, end=start + length
    )
    found = online_status(code, family, now, removal_requested=removal)
    if found is S.ACTIVE:
        assert start <= now < start + length
        assert (
            phase in {2, 15}
            or (phase == 12 and slot is not None and slot >= 0)
            or (phase is None and delivery is D.SUCCESS)
        )
        assert delivery not in FAILURES
        assert not removal
    if found is S.REMOVED:
        assert phase in {0, 4} or now >= start + length
    if now >= start + length and found not in {S.REMOVED, S.EXPIRED}:
        assert change_of(code, family) is not None
