"""Which devices are locks, and of which family."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain import data_points
from custom_components.tuya_lock_manager.domain.families import (
    LockFamily,
    family_of,
    is_lock,
    supports_offline,
    traits,
)
from custom_components.tuya_lock_manager.tuya_cloud.models import Device, Specification

from .builders import device, specification

LOCKS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "fixtures" / "locks.json").read_text(encoding="utf-8")
)
# What no description tells, and why: a Bluetooth lock of which nothing shows whether a
# gateway serves it, a lock box of which nobody knows the radio, a lock without any
# standard data point or category.
UNTOLD = {"ms_unknown-r2", "ms_unknown-yeeuu-k1", "unknown_xrqkoapmq1rwjvms"}


def described(entry: dict[str, Any]) -> tuple[Device, Specification]:
    """Return a real lock as the client would read it."""
    return (
        Device.from_json(
            {
                "id": "vdevo1",
                **{key: entry[key] for key in ("category", "product_name", "model")},
                **{key: entry[key] for key in ("sub", "online")},
                "status": [{"code": code, "value": ""} for code in entry["reported"]],
            }
        ),
        Specification.from_json(
            {key: entry[key] for key in ("category", "functions", "status")}
        ),
    )


def radio_families(entry: dict[str, Any]) -> set[LockFamily]:
    """Return the families that a real lock's radio allows."""
    if entry["file"] in UNTOLD:
        return {LockFamily.UNKNOWN}
    if entry["category"] == "mk":
        return {LockFamily.KEYPAD}
    if entry["radio"] != "ble":
        return {LockFamily(entry["radio"])}
    if entry["sub"] is None:
        return {LockFamily.BLUETOOTH, LockFamily.BLUETOOTH_GATEWAY}
    return {LockFamily.BLUETOOTH_GATEWAY if entry["sub"] else LockFamily.BLUETOOTH}


@pytest.mark.parametrize("entry", LOCKS, ids=lambda entry: entry["file"])
def test_real_locks_are_of_their_radios_family(entry: dict[str, Any]) -> None:
    lock, spec = described(entry)
    assert family_of(lock, spec) in radio_families(entry)
    assert family_of(lock, spec.codes()) is family_of(lock, spec)


@pytest.mark.parametrize("entry", LOCKS, ids=lambda entry: entry["file"])
def test_real_locks_are_locks(entry: dict[str, Any]) -> None:
    lock, spec = described(entry)
    assert is_lock(lock, spec) is (entry["file"] != "unknown_xrqkoapmq1rwjvms")


@pytest.mark.parametrize(
    "category",
    [
        *(
            "ms",
            "jtmspro",
            "jtmsbh",
            "gyms",
            "hotelms",
            "photolock",
            "videolock",
            "msp",
        ),
        *("jtmsjh", "mk", "MK", " jtmspro "),
    ],
)
def test_lock_categories(category: str) -> None:
    assert is_lock(device(category=category))


@pytest.mark.parametrize(
    "code",
    [
        *("unlock_temporary", "unlock_method_create", "temporary_password_creat"),
        *("unlock_password_kit", "password_creat", "unlock_ble", "remote_no_dp_key"),
    ],
)
@pytest.mark.parametrize("category", ["", "bxx", "ms_category", "newlock"])
def test_a_lock_by_its_codes(category: str, code: str) -> None:
    assert is_lock(device([code, "battery_state"], category=category))
    assert is_lock(device(category=category), {code})
    assert is_lock(device(category=category), specification({code: None}))


@pytest.mark.parametrize(
    "category", ["wg", "wg2", "wgsxj", "cz", "pc", "kg", "tdq", "wfcon"]
)
def test_gateways_and_plugs_are_never_locks(category: str) -> None:
    assert not is_lock(device(["unlock_temporary"], category=category))


@pytest.mark.parametrize(
    "category", ["", "bxx", "ms_category", "mc", "sp", "dj", "ckmkzq"]
)
def test_other_devices_are_no_locks(category: str) -> None:
    codes = ["switch_1", "child_lock", "doorbell", "battery_state", "doorcontact_state"]
    assert not is_lock(device(codes, category=category))


def test_the_specification_tells_a_missing_category() -> None:
    assert is_lock(device(category=""), specification({}, "jtmspro"))
    assert not is_lock(device(category="dj"), specification({}, "jtmspro"))


@pytest.mark.parametrize(
    ("fields", "codes", "family"),
    [
        # behind a gateway
        ({"sub": True}, ["unlock_ble"], LockFamily.BLUETOOTH_GATEWAY),
        ({"gateway_id": "gw1"}, ["unlock_ble"], LockFamily.BLUETOOTH_GATEWAY),
        ({"sub": True}, ["unlock_method_create"], LockFamily.BLUETOOTH_GATEWAY),
        ({"sub": True, "category": "ms"}, ["password_creat"], LockFamily.ZIGBEE),
        ({"sub": True}, ["open_close", "unlock_password"], LockFamily.ZIGBEE),
        ({"sub": True, "category": "hotelms"}, [], LockFamily.ZIGBEE),
        (
            {"sub": True, "category": "hotelms"},
            ["unlock_ble"],
            LockFamily.BLUETOOTH_GATEWAY,
        ),
        (
            {"sub": True, "category": "hotelms"},
            ["unlock_ble", "open_close"],
            LockFamily.UNKNOWN,
        ),
        ({"sub": True, "product_name": "Zigbee lock"}, [], LockFamily.ZIGBEE),
        ({"sub": True, "model": "X BLE"}, [], LockFamily.BLUETOOTH_GATEWAY),
        ({"sub": True, "model": "BLE/Zigbee"}, [], LockFamily.UNKNOWN),
        ({"sub": True, "model": "WiFi"}, [], LockFamily.UNKNOWN),
        ({"sub": True}, ["unlock_password"], LockFamily.UNKNOWN),
        # by itself
        ({"sub": False}, ["unlock_ble"], LockFamily.BLUETOOTH),
        ({"sub": False}, ["unlock_ble", "unlock_request"], LockFamily.WIFI),
        ({"sub": False}, ["unlock_password"], LockFamily.WIFI),
        ({"sub": False, "category": "ms"}, [], LockFamily.WIFI),
        ({"sub": False}, [], LockFamily.UNKNOWN),
        ({"sub": False, "category": "gyms"}, [], LockFamily.UNKNOWN),
        ({"sub": False}, ["unlock_method_create"], LockFamily.UNKNOWN),
        ({"sub": False, "model": "Wi-Fi"}, ["unlock_method_create"], LockFamily.WIFI),
        (
            {"sub": False, "model": "蓝牙锁"},
            ["unlock_method_create"],
            LockFamily.BLUETOOTH,
        ),
        (
            {"sub": False, "model": "Cable 5"},
            ["unlock_method_create"],
            LockFamily.UNKNOWN,
        ),
        ({"sub": False, "category": "photolock"}, ["unlock_ble"], LockFamily.WIFI),
        # who knows
        ({}, ["unlock_ble"], LockFamily.BLUETOOTH),
        ({}, ["password_creat"], LockFamily.ZIGBEE),
        ({}, ["unlock_password"], LockFamily.UNKNOWN),
        ({}, ["unlock_app"], LockFamily.WIFI),
        ({"category": ""}, ["unlock_card_kit"], LockFamily.KEYPAD),
        ({"category": "mk", "sub": True}, ["unlock_ble"], LockFamily.KEYPAD),
        (
            {"sub": True},
            ["unlock_double_kit", "unlock_ble"],
            LockFamily.BLUETOOTH_GATEWAY,
        ),
        ({"sub": False}, ["unlock_card_kit", "unlock_app"], LockFamily.WIFI),
    ],
)
def test_family(fields: dict[str, Any], codes: list[str], family: LockFamily) -> None:
    assert family_of(device(codes, **fields)) is family
    assert family_of(device(**fields), codes) is family


@pytest.mark.parametrize(
    ("numbers", "behind", "alone"),
    [
        (
            {"unlock_card": 15, "residual_electricity": 8},
            LockFamily.BLUETOOTH_GATEWAY,
            LockFamily.BLUETOOTH,
        ),
        (
            {"unlock_card": 5, "residual_electricity": 10},
            LockFamily.ZIGBEE,
            LockFamily.WIFI,
        ),
        (
            {"unlock_card": 5, "residual_electricity": 8},
            LockFamily.UNKNOWN,
            LockFamily.WIFI,
        ),
        ({"unlock_card": None}, LockFamily.UNKNOWN, LockFamily.WIFI),
    ],
)
def test_numbers_tell_where_codes_do_not(
    numbers: dict[str, int | None], behind: LockFamily, alone: LockFamily
) -> None:
    spec = specification(numbers)
    assert family_of(device(sub=True), spec) is behind
    assert family_of(device(sub=False), spec) is alone


def test_numbers_settle_a_contradiction() -> None:
    spec = specification({"unlock_ble": 19, "open_close": 8, "unlock_card": 5})
    assert family_of(device(sub=True), spec) is LockFamily.ZIGBEE


ANY_CODE = st.sampled_from(
    sorted(
        set().union(
            *(
                value
                for value in vars(data_points).values()
                if isinstance(value, frozenset)
            )
        )
        | set(data_points.BLUETOOTH_NUMBERS)
    )
)


@given(
    codes=st.lists(ANY_CODE | st.text(), max_size=8, unique=True),
    category=st.sampled_from(["", "ms", "jtmspro", "mk", "hotelms", "wg2"]) | st.text(),
    sub=st.none() | st.booleans(),
    online=st.none() | st.booleans(),
    name=st.text(),
    number=st.none() | st.integers(0, 80),
)
def test_any_description_has_a_family_that_lasts(
    codes: list[str],
    category: str,
    sub: bool | None,
    online: bool | None,
    name: str,
    number: int | None,
) -> None:
    lock = device(category=category, sub=sub, product_name=name, online=online)
    spec = specification(dict.fromkeys(codes, number))
    family = family_of(lock, spec)
    # Being asleep or awake must not change how many digits a code has.
    awake = device(category=category, sub=sub, product_name=name, online=not online)
    assert family_of(awake, spec) is family
    if family is LockFamily.BLUETOOTH:
        assert not sub
    if family in {LockFamily.ZIGBEE, LockFamily.BLUETOOTH_GATEWAY}:
        assert sub is not False
    assert is_lock(lock, spec) in {True, False}


def test_traits() -> None:
    digits = {family: traits(family).digits for family in LockFamily}
    assert digits.pop(LockFamily.WIFI) == 7
    assert set(digits.values()) == {6}
    assert {family for family in LockFamily if traits(family).can_freeze} == {
        LockFamily.ZIGBEE
    }
    assert {family for family in LockFamily if traits(family).schedules} == {
        LockFamily.ZIGBEE
    }
    assert {family for family in LockFamily if not traits(family).online_codes} == {
        LockFamily.BLUETOOTH
    }


@pytest.mark.parametrize(
    ("family", "confirms", "sleepy", "watch"),
    [
        (LockFamily.ZIGBEE, True, False, (3, 8, 15, 25, 40, 90)),
        (LockFamily.BLUETOOTH_GATEWAY, True, False, (3, 8, 15, 25, 40, 90)),
        (LockFamily.UNKNOWN, True, True, (3, 8, 15, 25, 40, 90)),
        (LockFamily.WIFI, False, True, (10, 30)),
        (LockFamily.KEYPAD, False, True, (10, 30)),
        (LockFamily.BLUETOOTH, False, False, ()),
    ],
)
def test_how_a_family_is_watched(
    family: LockFamily, confirms: bool, sleepy: bool, watch: tuple[int, ...]
) -> None:
    found = traits(family)
    assert (found.confirms, found.sleepy) == (confirms, sleepy)
    assert tuple(delay.total_seconds() for delay in found.watch) == watch


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([], None),
        (["unlock_temporary"], None),
        (["unlock_offline_pd"], True),
        (["unlock_card", "password_offline_time"], True),
    ],
)
def test_supports_offline(codes: list[str], expected: bool | None) -> None:
    assert supports_offline(codes) is expected
