"""Signatures and encryption against every vector of the protocol reference."""

from collections.abc import Mapping
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from simulator import Simulator
from simulator.accounts import Token
from simulator.crypto import open_password, seal_ticket_key
from tests.simulator.customer import Answer, Customer

VECTORS = json.loads((Path(__file__).parent / "fixtures/vectors.json").read_text())
SIGN_INVALID = 1004

OLD_TOKEN = "CEAAFB5CCDC2F723A9FD3E91D3D2238EE0DD9A6D7C3C365DEB50FC2AF277AA83"
OLD_BUSINESS = "36C30E300F226B68ADD014DD1EF56A81EDB7B7A817840485769B9D6C96D0FAA1"


def prepare(simulator: Simulator, vector: Mapping[str, Any]) -> None:
    """Make the world that a vector was computed in."""
    project = simulator.world.project
    project.access_id, project.access_secret = vector["client_id"], vector["secret"]
    simulator.world.clock.set(int(vector["t"]) / 1000)
    project.tokens[vector["token"]] = Token(
        vector["token"], "refresh", project.uid, simulator.world.clock.now() + 60
    )


async def send(
    simulator: Simulator,
    session: aiohttp.ClientSession,
    vector: Mapping[str, Any],
    **changes: str,
) -> Answer:
    """Send a vector's request."""
    prepare(simulator, vector)
    headers = {
        "client_id": vector["client_id"],
        "access_token": vector["token"],
        "sign_method": "HMAC-SHA256",
        "sign": vector["sign"],
        "t": vector["t"],
        "Content-Type": "application/json",
        **vector["headers"],
    }
    if vector["nonce"]:
        headers["nonce"] = vector["nonce"]
    if vector["headers"]:
        headers["Signature-Headers"] = ":".join(vector["headers"])
    headers |= {name: text for name, text in changes.items() if name in headers}
    body = changes.get("body", vector["body"]).encode()
    url = changes.get("url", vector["url"])
    customer = Customer(simulator, session)
    return await customer.send(vector["method"], url, body, headers)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
async def test_vectors_are_accepted(
    simulator: Simulator, session: aiohttp.ClientSession, vector: dict[str, Any]
) -> None:
    """Every known signature passes; what is refused later has another reason."""
    assert (await send(simulator, session, vector)).code != SIGN_INVALID


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
async def test_any_change_is_refused(
    simulator: Simulator, session: aiohttp.ClientSession, vector: dict[str, Any]
) -> None:
    """One other character anywhere that is signed breaks the signature."""
    other = "0" if vector["sign"][-1] != "0" else "1"
    stamp = str(int(vector["t"]) + 1)
    for changes in (
        {"sign": vector["sign"][:-1] + other},
        {"sign": vector["sign"].lower()},
        {"t": stamp},
        {"body": vector["body"] + " "},
        {"url": f"{vector['url']}{'&' if '?' in vector['url'] else '?'}z=1"},
    ):
        answer = await send(simulator, session, vector, **changes)
        assert answer.code == SIGN_INVALID, changes


async def test_old_signatures(
    simulator: Simulator, session: aiohttp.ClientSession
) -> None:
    """The old signatures pass only when switched on."""
    for vector, sign in ((VECTORS[0], OLD_TOKEN), (VECTORS[1], OLD_BUSINESS)):
        old = {**vector, "sign": sign}
        simulator.world.around.switches.reset()
        assert (await send(simulator, session, old)).code == SIGN_INVALID
        simulator.world.around.switches.set("old_signature", "accepted")
        assert (await send(simulator, session, old)).code != SIGN_INVALID


def test_password_vectors() -> None:
    """Tickets are sealed under the whole secret, passwords opened with the plain key."""
    secret, plain = "0123456789abcdef0123456789abcdef", "fedcba9876543210"
    assert seal_ticket_key(plain, secret) == (
        "de587b5fccf04eb47224e69a3a80b71c8aa36241fde8df054dc325c6c695b89e"
    )
    assert open_password("956dbf9fbb762bc3874fef2c428ca1c4", plain) == "1234567"
    assert open_password("4239F36C3D29E53838530508DA1A94D1", plain) == "123456"


@pytest.mark.parametrize(
    "sealed", ["", "zz", "956dbf9fbb762bc3874fef2c428ca1", "00" * 16, "956 dbf"]
)
def test_what_is_no_password(sealed: str) -> None:
    """Garbage isn't opened."""
    with pytest.raises(ValueError, match=r"."):
        open_password(sealed, "fedcba9876543210")
