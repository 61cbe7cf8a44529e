"""New unlock methods."""

from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    EnrolmentRequest,
    InvalidRequestError,
    LockBusyError,
    TuyaLockClient,
    UnlockType,
    UserType,
)

from .fake_cloud import TICKET_KEY, FakeCloud, ok, refusal

DEVICE = "vdevo000000000000000001"
LOCK = f"/v1.0/devices/{DEVICE}/door-lock"
ENTRY = f"{LOCK}/actions/entry"
TICKET = f"{LOCK}/password-ticket"
# The published vector for the digits 1234567 and the ticket's key.
ENCRYPTED = "956dbf9fbb762bc3874fef2c428ca1c4"


def enrolment(**changes: Any) -> EnrolmentRequest:
    """Return a good request for a password with some things changed."""
    good: dict[str, Any] = {
        "user_type": UserType.DEVICE,
        "user_id": "u1",
        "type": UnlockType.PASSWORD,
        "digits": "1234567",
        "digits_length": 7,
    }
    return EnrolmentRequest(**good | changes)


@pytest.mark.parametrize("unlock_type", ["fingerprint", "card", "face"])
async def test_present(
    client: TuyaLockClient, cloud: FakeCloud, unlock_type: str
) -> None:
    """What somebody presents at the lock needs no ticket."""
    cloud.on("PUT", ENTRY, ok(), refusal(2328, "operation in progress"))
    request = EnrolmentRequest(UserType.DEVICE, "u1", UnlockType(unlock_type))
    await client.enrol_method(DEVICE, request)
    assert cloud.calls[0].json == {
        "unlock_type": unlock_type,
        "user_type": 2,
        "user_id": "u1",
    }
    with pytest.raises(LockBusyError):
        await client.enrol_method(DEVICE, request)


async def test_password(
    client: TuyaLockClient, cloud: FakeCloud, counted: list[CallKind]
) -> None:
    """A password goes encrypted, with a ticket of its own."""
    cloud.on("POST", TICKET, ok({"ticket_id": "t1", "ticket_key": TICKET_KEY}))
    cloud.on("PUT", ENTRY, ok())
    await client.enrol_method(DEVICE, enrolment(user_type=UserType.ACCOUNT))
    assert cloud.calls[1].json == {
        "unlock_type": "password",
        "user_type": 1,
        "user_id": "u1",
        "password": ENCRYPTED,
        "password_type": "ticket",
        "ticket_id": "t1",
    }
    assert not any(b"1234567" in call.body for call in cloud.calls)
    assert counted == [CallKind.TOKEN, CallKind.CHANGE, CallKind.CHANGE]


@pytest.mark.parametrize("spelling", ["card", "unlock_card", UnlockType.CARD])
async def test_cancel(client: TuyaLockClient, cloud: FakeCloud, spelling: str) -> None:
    """The path has the short type."""
    cloud.on("PUT", f"{LOCK}/unlock-types/card/actions/cancel", ok())
    await client.cancel_enrolment(DEVICE, spelling)
    assert cloud.calls[0].body == b""


@pytest.mark.parametrize(
    "changes",
    [
        {"user_type": 3},
        {"user_id": ""},
        {"type": "tail", "digits": None},
        {"type": "unlock_password"},
        {"digits": None},
        {"digits_length": None},
        {"digits": "123456"},
        {"digits": 1234567},
        {"digits": "123456a"},
        {"type": UnlockType.CARD},
    ],
)
def test_bad_enrolment(changes: dict[str, Any]) -> None:
    """What Tuya would refuse cannot be built, and the refusal quotes no digits."""
    with pytest.raises(InvalidRequestError) as caught:
        enrolment(**changes)
    assert "123" not in str(caught.value)


def test_digits_are_not_shown() -> None:
    """A request that is printed tells no digits."""
    assert "1234567" not in repr(enrolment())
