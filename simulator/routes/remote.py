"""Opening and locking from afar (protocol reference, section 5)."""

from ..errors import ApiError
from ..json_types import JsonValue, text
from ..locks.family import Family
from ..locks.lock import Lock
from ..locks.reports import kit_value, move_bolt, opened, record_code, report
from ..routing import Call, Routes, as_truth, as_whole, required
from .passwords import decrypt

ROUTES = Routes("remote", lock=True)
DOOR = "/v1.0/devices/{device_id}/door-lock"
KEYS = frozenset({"remote_no_dp_key", "remote_no_pd_setkey", "unlock_phone_remote_kit"})
TYPES = ("remoteUnlockWithoutPwd", "remoteUnlockWithPwd")


def can_open(lock: Lock) -> bool:
    """Tell whether a product can be opened from afar; one without any codes can."""
    codes = lock.device.codes()
    return not codes or bool(KEYS & codes) or "lock_motor_state" in codes


def _operate(call: Call, path: str, *, unlock: bool) -> JsonValue:
    """Carry out a command without a password.

    Raises:
        ApiError: 1108 by switch, 2003 unsupported or switched off, 2001 out of reach.
    """
    lock = call.lock
    if lock.switch("remote_paths") not in {"all", path}:
        raise ApiError(1108)
    call.use_ticket()
    if not can_open(lock):
        raise ApiError(2003)
    if not lock.remote_unlock["remoteUnlockWithoutPwd"]:
        raise ApiError(2003)
    _act(lock, unlock=unlock)
    return True


def _act(lock: Lock, *, unlock: bool) -> None:
    moment = lock.now
    if not lock.device.online or not lock.hears_remote(moment):
        raise ApiError(2001)
    how = lock.switch("lock_by_api")
    if not unlock:
        if how == "refused":
            raise ApiError(2003)
        if how != "no_effect":
            move_bolt(lock, moment, unlocked=False, reported=how == "acts")
        return
    value: JsonValue = kit_value(1) if lock.family is Family.KEYPAD else 1
    report(lock, record_code(lock, "unlock_phone_remote"), value, moment)
    lock.device.put("unlock_request", 0, moment)
    opened(lock, moment)


@ROUTES.on("POST", "/v1.0/smart-lock/devices/{device_id}/password-free/door-operate")
def door_operate(call: Call) -> JsonValue:
    """Open, or lock with `open: false`."""
    unlock = as_truth(call.body.get("open", True))
    return _operate(call, "door_operate", unlock=unlock)


@ROUTES.on("POST", f"{DOOR}/password-free/open-door")
def open_door(call: Call) -> JsonValue:
    """Open, by the older path."""
    return _operate(call, "open_door_v1_0", unlock=True)


@ROUTES.on("POST", "/v1.1/devices/{device_id}/door-lock/password-free/open-door")
def open_door_channel(call: Call) -> JsonValue:
    """Open a channel of a keypad."""
    as_whole(call.body.get("channel_id", 1))
    return _operate(call, "open_door_v1_1", unlock=True)


@ROUTES.on("POST", f"{DOOR}/open-door")
def open_with_password(call: Call) -> JsonValue:
    """Open with a password; Zigbee only."""
    lock = call.lock
    if lock.family is not Family.ZIGBEE:
        raise ApiError(2004)
    decrypt(call)
    _act(lock, unlock=True)
    return True


@ROUTES.on("PUT", f"{DOOR}/password-free/open-door/cancel")
def cancel(call: Call) -> JsonValue:
    """Turn a request to open down, or take it back."""
    if as_whole(call.body.get("type", 1)) not in {1, 2}:
        raise ApiError(1109)
    call.lock.device.put("unlock_request", 0, call.lock.now)
    return True


@ROUTES.on("GET", f"{DOOR}/remote-unlocks")
def remote_unlocks(call: Call) -> JsonValue:
    """Tell which ways of opening from afar are switched on."""
    lock = call.lock
    if not can_open(lock):
        return [] if lock.switch("remote_unlocks") == "list" else {}
    listed: list[JsonValue] = [
        {"remote_unlock_type": kind, "open": lock.remote_unlock[kind]} for kind in TYPES
    ]
    return listed if lock.switch("remote_unlocks") == "list" else listed[0]


@ROUTES.on("POST", f"{DOOR}/remote-unlock/config")
def configure(call: Call) -> JsonValue:
    """Switch a way of opening from afar on or off."""
    required(call.body, "remote_unlock_type", "open")
    kind = text(call.body["remote_unlock_type"])
    if kind not in TYPES:
        raise ApiError(1109)
    call.lock.remote_unlock[kind] = as_truth(call.body["open"])
    return True
