"""Encryption of passwords, against every known vector."""

import json
from pathlib import Path

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    InvalidCredentialsError,
    MalformedResponseError,
)
from custom_components.tuya_lock_manager.tuya_cloud.crypto import (
    decrypt_ticket_key,
    encrypt_password,
)

from .fake_cloud import ACCESS_SECRET, TICKET_KEY

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text())[
    "encryptions"
]


@pytest.mark.parametrize(
    "vector", VECTORS, ids=[vector["digits"] for vector in VECTORS]
)
def test_vector(vector: dict[str, str]) -> None:
    """Ticket key and password are the computed ones, in lower case."""
    ticket_key, secret = vector["ticket_key"], vector["access_secret"]
    assert decrypt_ticket_key(ticket_key, secret).decode() == vector["key"]
    encrypted = encrypt_password(
        vector["digits"], ticket_key=ticket_key, access_secret=secret
    )
    assert encrypted == vector["encrypted"]


def test_ticket_key_in_upper_case() -> None:
    """The case in which the cloud writes the ticket key does not matter."""
    assert decrypt_ticket_key(TICKET_KEY.upper(), ACCESS_SECRET) == b"fedcba9876543210"


@pytest.mark.parametrize(
    "ticket_key",
    ["", "xyz", "00", "00" * 16, TICKET_KEY[:32], TICKET_KEY[32:], "ü" * 64],
    ids=["empty", "no hex", "one byte", "padding", "half", "other half", "not ASCII"],
)
def test_unusable_ticket(ticket_key: str) -> None:
    """A ticket without a key of 16 bytes is a malformed answer."""
    with pytest.raises(MalformedResponseError):
        encrypt_password("123456", ticket_key=ticket_key, access_secret=ACCESS_SECRET)


@pytest.mark.parametrize("secret", ["short", ACCESS_SECRET[:16], ACCESS_SECRET * 2])
def test_secret_of_wrong_length(secret: str) -> None:
    """All 32 characters of the secret are the key, no more and no fewer."""
    with pytest.raises(InvalidCredentialsError):
        encrypt_password("123456", ticket_key=TICKET_KEY, access_secret=secret)
