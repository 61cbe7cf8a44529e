"""Openings: how, by whom, with which code."""

from base64 import b64encode

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.openings import (
    Opening,
    OpeningMethod,
    fitting_passwords,
    opening_method,
    opening_of,
)
from custom_components.tuya_lock_manager.domain.passwords import (
    PasswordStatus,
    PasswordType,
)

from .builders import DAY, HOUR, MINUTE, NOW, SECOND, password, record

M = OpeningMethod
T = PasswordType


def kit(slot: int) -> str:
    """Return a slot as keypads write it."""
    return b64encode(slot.to_bytes(4) + b"\0\0").decode()


@pytest.mark.parametrize(
    ("code", "method"),
    [
        ("unlock_fingerprint", M.FINGERPRINT),
        ("unlock_fingerprint_kit", M.FINGERPRINT),
        ("unlock_password", M.PASSWORD),
        ("unlock_password_kit", M.PASSWORD),
        ("unlock_card", M.CARD),
        ("unlock_face", M.FACE),
        ("unlock_hand", M.HAND),
        ("unlock_finger_vein", M.FINGER_VEIN),
        ("unlock_identity_card", M.IDENTITY_CARD),
        ("unlock_temporary", M.TEMPORARY_CODE),
        ("unlock_temporary_kit", M.TEMPORARY_CODE),
        ("unlock_offline_pd", M.OFFLINE_CODE),
        ("unlock_dynamic", M.DYNAMIC_CODE),
        ("unlock_emergency", M.EMERGENCY_CODE),
        ("unlock_key", M.KEY),
        ("unlock_app", M.APP),
        ("unlock_phone_remote_kit", M.REMOTE),
        ("unlock_remote", M.REMOTE),
        ("unlock_voice_remote", M.VOICE),
        ("unlock_ble", M.BLUETOOTH),
        ("unlock_ble_ibeacon", M.BLUETOOTH),
        ("unlock_double_kit", M.COMBINED),
        ("open_inside", M.INSIDE),
        ("unlock_by_thought", M.OTHER),
    ],
)
def test_methods(code: str, method: OpeningMethod) -> None:
    assert opening_method(record(code=code)) is method


@pytest.mark.parametrize(
    "code",
    [
        *(
            "unlock_method_create",
            "unlock_request",
            "unlock_switch",
            "unlock_record_check",
        ),
        *(
            "unlock_offline_clear",
            "unlock_offline_clear_single",
            "lock_motor_state",
            "",
        ),
        *(
            "doorbell",
            "doorbell_kit",
            "alarm_lock",
            "hijack",
            "closed_opened_kit",
            "lock_record",
        ),
    ],
)
def test_what_is_no_opening(code: str) -> None:
    assert opening_method(record(code=code)) is None
    assert opening_of(record(code=code), [password(slot=5)]) is None


def test_an_alarm_is_no_opening() -> None:
    assert opening_of(record(code="unlock_fingerprint", is_alarm=True), []) is None


def test_an_opening_by_a_member() -> None:
    told = record(
        id="r1",
        code="unlock_fingerprint",
        user_id="u1",
        user_name="Ann",
        method_name="thumb",
    )
    assert opening_of(told, [password(slot=5)]) == Opening(
        time=told.time,
        method=M.FINGERPRINT,
        person="Ann",
        user_id="u1",
        method_name="thumb",
        password_id=None,
        password_name=None,
        record_key="r1",
    )


def test_an_opening_by_a_guest() -> None:
    opening = opening_of(record(id="r1", user_name=""), [password(slot=5)])
    assert opening is not None
    assert (opening.password_id, opening.password_name) == ("1001", "Cleaner")
    assert opening.person is None


ANN = password(id="1001", name="Ann", slot=5)
BOB = password(id="1002", name="Bob", slot=6)
GUEST = password(id="697", type=T.TIME_LIMITED, name="Guest")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("1001", "Ann"),
        ("1002", "Bob"),
        ("697", "Guest"),
        ("5", "Ann"),
        ("905", "Ann"),
        ("906", "Bob"),
        ("0005", "Ann"),
        (kit(5), "Ann"),
        (kit(6), "Bob"),
        (kit(905), None),
        (b64encode((5).to_bytes(4)).decode(), "Ann"),
        (b64encode((5).to_bytes(3)).decode(), None),
        ("AAAABQA", None),
        ("AAAA BQAA", None),
        ("7", None),
        ("900", None),
        ("-5", None),
        ("\uff15", None),
        ("", None),
        ("unlock", None),
    ],
)
def test_the_value_tells_the_code(value: str, name: str | None) -> None:
    opening = opening_of(record(value=value), [ANN, BOB, GUEST])
    assert opening is not None
    assert opening.password_name == name


def test_the_readings_have_an_order() -> None:
    by_id = password(id="905", name="id")
    by_slot = password(id="1", name="slot", slot=905)
    by_offset = password(id="2", name="offset", slot=5)
    codes = [by_offset, by_slot, by_id]
    assert fitting_passwords(record(value="905"), codes) == (by_id,)
    assert fitting_passwords(record(value="905"), codes[:2]) == (by_slot,)
    assert fitting_passwords(record(value="905"), codes[:1]) == (by_offset,)


def test_if_more_than_one_fits_nobody_is_named() -> None:
    twin = password(id="1003", name="Twin", slot=5)
    opening = opening_of(record(), [ANN, twin, BOB])
    assert opening is not None
    assert opening.password_id is None
    assert fitting_passwords(record(), [ANN, twin, BOB]) == (ANN, twin)
    # ... not even by a later reading that only one fits
    lone = password(id="1004", name="Lone", slot=905)
    codes = [password(id="a", slot=1805), password(id="b", slot=1805), lone]
    assert len(fitting_passwords(record(value="1805"), codes)) == 2


def test_online_and_offline_codes_of_one_id() -> None:
    codes = [password(id="697"), GUEST]
    assert len(fitting_passwords(record(value="697"), codes)) == 2


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({"start": NOW, "end": NOW + HOUR}, True),
        ({"start": NOW + SECOND, "end": NOW + HOUR}, False),
        ({"start": NOW - HOUR, "end": NOW}, False),
        ({"start": NOW - HOUR, "end": NOW + SECOND}, True),
        ({"start": NOW - DAY, "end": NOW + DAY, "issued_at": NOW + 2 * MINUTE}, False),
        (
            {"start": NOW - DAY, "end": NOW + DAY, "status": PasswordStatus.FAILED},
            False,
        ),
        (
            {"start": NOW - DAY, "end": NOW + DAY, "status": PasswordStatus.REMOVED},
            True,
        ),
    ],
)
def test_only_codes_live_at_that_moment_count(
    fields: dict[str, object], fits: bool
) -> None:
    codes = (password(slot=5, **fields),)
    assert fitting_passwords(record(time=NOW), codes) == (codes if fits else ())


@pytest.mark.parametrize(
    ("code", "type_", "fits"),
    [
        ("unlock_temporary", T.CUSTOM, True),
        ("unlock_temporary", T.TIME_LIMITED, True),
        ("unlock_temporary", T.ONE_TIME, True),
        ("unlock_temporary", T.DYNAMIC, False),
        ("unlock_temporary", T.CLEAR_ONE, False),
        ("unlock_offline_pd", T.CUSTOM, False),
        ("unlock_offline_pd", T.TIME_LIMITED, True),
        ("unlock_offline_pd", T.ONE_TIME, True),
        ("unlock_password", T.CUSTOM, False),
        ("unlock_dynamic", T.CUSTOM, False),
        ("unlock_fingerprint", T.CUSTOM, False),
        ("doorbell", T.CUSTOM, False),
    ],
)
def test_only_codes_of_that_kind_count(
    code: str, type_: PasswordType, fits: bool
) -> None:
    codes = (password(type=type_),)
    assert fitting_passwords(record(code=code, value="1001"), codes) == (
        codes if fits else ()
    )


@given(st.integers(0, 999), st.sampled_from(["slot", "offset", "kit"]))
def test_every_slot_is_found(slot: int, reading: str) -> None:
    values = {"slot": str(slot), "offset": str(slot + 900), "kit": kit(slot)}
    codes = (password(id="x", slot=slot),)
    assert fitting_passwords(record(value=values[reading]), codes) == codes


@given(st.text() | st.binary().map(lambda raw: b64encode(raw).decode()))
def test_no_value_is_too_odd(value: str) -> None:
    opening = opening_of(record(value=value), [ANN, BOB, GUEST])
    assert opening is not None
