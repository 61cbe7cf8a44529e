"""A customer of the cloud: signs and encrypts by the book, alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import quote

import aiohttp
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from yarl import URL

from simulator import Simulator
from simulator.locks.lock import Lock

DAY = 86400


def ecb(key: bytes, data: bytes, *, decrypt: bool = False) -> bytes:
    """Encrypt or decrypt whole blocks."""
    cipher = Cipher(algorithms.AES(key), modes.ECB())
    way = cipher.decryptor() if decrypt else cipher.encryptor()
    return way.update(data) + way.finalize()


def seal(digits: str, ticket_key: str, secret: str) -> str:
    """Return a password as the documents want it encrypted."""
    padded = ecb(secret.encode(), bytes.fromhex(ticket_key), decrypt=True)
    key = padded[: -padded[-1]]
    text = digits.encode()
    rest = 16 - len(text) % 16
    return ecb(key, text + bytes([rest]) * rest).hex()


@dataclass
class Answer:
    """An answer: HTTP status and envelope."""

    status: int
    envelope: dict[str, Any]

    @property
    def code(self) -> int:
        """Return Tuya's code, 0 for success."""
        return int(self.envelope.get("code", 0))

    @property
    def result(self) -> Any:
        """Return the result of a success."""
        assert self.envelope["success"], self.envelope
        return self.envelope["result"]


@dataclass
class Customer:
    """Somebody with an Access ID and a secret."""

    simulator: Simulator
    session: aiohttp.ClientSession
    token: str = ""
    changes: dict[str, str] = field(default_factory=dict)

    @property
    def secret(self) -> str:
        """Return the Access Secret."""
        return self.simulator.world.project.access_secret

    def lock(self, name: str) -> Lock:
        """Return a lock of the world."""
        return self.simulator.world.lock(name)

    def pass_time(self, seconds: float, *, keep_token: bool = True) -> None:
        """Let time pass, by default without letting the token expire."""
        token = self.simulator.world.project.tokens.get(self.token)
        if keep_token and token is not None:
            token.expires += seconds
        self.simulator.world.clock.advance(seconds)
        self.simulator.world.settle()

    def headers(
        self, method: str, url: str, body: bytes, **more: str
    ) -> dict[str, str]:
        """Return signed headers; `changes` of the customer replace what they name."""
        block = "".join(
            f"{name}:{more[name]}\n"
            for name in more.get("Signature-Headers", "").split(":")
            if name in more
        )
        stamp = more.pop("t", str(self.simulator.world.clock.now_ms()))
        access_id = self.simulator.world.project.access_id
        content = hashlib.sha256(body).hexdigest()
        text = f"{method}\n{content}\n{block}\n{url}"
        message = access_id + self.token + stamp + more.get("nonce", "") + text
        digest = hmac.new(self.secret.encode(), message.encode(), hashlib.sha256)
        return {
            "client_id": access_id,
            "access_token": self.token,
            "sign_method": "HMAC-SHA256",
            "t": stamp,
            "sign": digest.hexdigest().upper(),
            **({"Content-Type": "application/json"} if body else {}),
            **more,
            **self.changes,
        }

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        encoded: bool = False,
        more: Mapping[str, str] | None = None,
        **query: Any,
    ) -> Answer:
        """Send a signed call; `encoded` signs the query as it is on the wire."""
        raw = b"" if body is None else json.dumps(body).encode()
        plain = "&".join(f"{name}={query[name]}" for name in sorted(query))
        wire = "&".join(
            f"{name}={quote(str(query[name]), safe='')}" for name in sorted(query)
        )
        signed = wire if encoded else plain
        url = f"{path}?{signed}" if query else path
        return await self.send(
            method,
            f"{path}?{wire}" if query else path,
            raw,
            self.headers(method, url, raw, **dict(more or {})),
        )

    async def send(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str]
    ) -> Answer:
        """Send exactly this."""
        target = URL(self.simulator.base_url + url, encoded=True)
        async with self.session.request(
            method, target, data=body or None, headers=headers
        ) as response:
            return Answer(response.status, json.loads(await response.text()))

    async def get(self, path: str, **query: Any) -> Any:
        """Return the result of a GET that works."""
        return (await self.call("GET", path, **query)).result

    async def connect(self) -> None:
        """Get a token."""
        self.token = ""
        result = await self.get("/v1.0/token", grant_type=1)
        self.token = result["access_token"]

    async def ticket(self, lock: Lock) -> tuple[str, str]:
        """Return the id and the key of a new ticket."""
        answer = await self.call("POST", f"{door(lock)}/password-ticket")
        return answer.result["ticket_id"], answer.result["ticket_key"]

    async def sealed(
        self, lock: Lock, digits: str, *, upper: bool = False
    ) -> dict[str, Any]:
        """Return the three fields that carry a password."""
        ticket_id, key = await self.ticket(lock)
        text = seal(digits, key, self.secret)
        return {
            "password": text.upper() if upper else text,
            "password_type": "ticket",
            "ticket_id": ticket_id,
        }

    async def wish(
        self, lock: Lock, digits: str, *, upper: bool = False, **fields: Any
    ) -> dict[str, Any]:
        """Return the body of a creation, from now on for a day unless told otherwise."""
        now = int(lock.now)
        return {
            "name": "guest",
            "effective_time": now,
            "invalid_time": now + DAY,
            **await self.sealed(lock, digits, upper=upper),
            **fields,
        }

    async def try_create(self, lock: Lock, digits: str, **fields: Any) -> Answer:
        """Ask for a password."""
        body = await self.wish(lock, digits, **fields)
        return await self.call("POST", f"{door(lock)}/temp-password", body)

    async def create(self, lock: Lock, digits: str, **fields: Any) -> int:
        """Create a password; returns its id."""
        return int((await self.try_create(lock, digits, **fields)).result["id"])

    async def listed(self, lock: Lock, **query: Any) -> list[dict[str, Any]]:
        """Return the list of passwords."""
        found: list[dict[str, Any]] = await self.get(
            f"{door(lock)}/temp-passwords", **query
        )
        return found

    async def shown(self, lock: Lock, password_id: int) -> dict[str, Any]:
        """Return one password of the list."""
        return next(p for p in await self.listed(lock) if p["id"] == password_id)

    async def delete(self, lock: Lock, password_id: int) -> Answer:
        """Delete a password."""
        return await self.call("DELETE", f"{door(lock)}/temp-passwords/{password_id}")

    async def offline(self, lock: Lock, kind: str, **fields: Any) -> Answer:
        """Ask for an offline password."""
        path = f"{door(lock).replace('v1.0', 'v1.1')}/offline-temp-password"
        return await self.call("POST", path, {"type": kind, **fields})


def door(lock: Lock) -> str:
    """Return the beginning of a lock's paths."""
    return f"/v1.0/devices/{lock.id}/door-lock"


def digits_for(lock: Lock) -> str:
    """Return digits of a lock's length."""
    return "8305172"[: lock.code_length]
