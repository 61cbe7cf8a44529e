"""A cloud that answers from a script and keeps what it was asked.

It checks signatures with an implementation of its own, over the bytes as they arrived
and the query as decoded, so that a request which Tuya would refuse is refused here too.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
import hashlib
import hmac
import json
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import HealthCheck, settings

ACCESS_ID = "simclient00000000001"
ACCESS_SECRET = "0123456789abcdef0123456789abcdef"
TICKET_KEY = "de587b5fccf04eb47224e69a3a80b71c8aa36241fde8df054dc325c6c695b89e"
NOW = 1_700_000_000.0

# Property tests must not fail because a machine is busy.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

type Answer = (
    dict[str, Any] | web.Response | Callable[["Request"], dict[str, Any] | web.Response]
)


@dataclass
class Request:
    """A request as it arrived."""

    method: str
    path: str
    raw_path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ok(result: Any = True, **extra: Any) -> dict[str, Any]:
    """Return the envelope of a success."""
    return {
        "success": True,
        "t": int(NOW * 1000),
        "tid": "tid0",
        "result": result,
    } | extra


def refusal(code: int, message: str = "no", **extra: Any) -> dict[str, Any]:
    """Return the envelope of a refusal."""
    envelope = {"success": False, "t": int(NOW * 1000), "tid": "tid0", "code": code}
    return envelope | {"msg": message} | extra


@dataclass
class FakeCloud:
    """The scripted cloud."""

    requests: list[Request] = field(default_factory=list)
    tokens: int = 0
    lifetime: int = 7200
    token_answer: dict[str, Any] | web.Response | None = None
    token_delay: float = 0
    uid: str | None = "bay1600000000000000"
    valid_tokens: set[str] = field(default_factory=set)
    answers: dict[tuple[str, str], deque[Answer]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    before: Callable[[web.Request], None] | None = None
    delay: float = 0
    # Answers that are decided at once and given when the event is set.
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    holding: asyncio.Event = field(default_factory=asyncio.Event)
    server: TestServer | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._handle)
        self.server = TestServer(app, host="127.0.0.1")
        await self.server.start_server()

    async def stop(self) -> None:
        assert self.server is not None
        await self.server.close()

    @property
    def url(self) -> str:
        assert self.server is not None
        return str(self.server.make_url("/")).rstrip("/")

    def on(self, method: str, path: str, *answers: Answer) -> None:
        """Script the answers to a request; the last one is repeated."""
        self.answers[method, path].extend(answers)

    @property
    def calls(self) -> list[Request]:
        """Requests other than those for a token."""
        return [asked for asked in self.requests if asked.path != "/v1.0/token"]

    async def _handle(self, received: web.Request) -> web.StreamResponse:
        asked = Request(
            received.method,
            received.path,
            received.raw_path,
            dict(received.query),
            dict(received.headers),
            await received.read(),
        )
        self.requests.append(asked)
        if asked.headers["sign"] != expected_sign(asked):
            return web.json_response(refusal(1004, "sign invalid"))
        if asked.path == "/v1.0/token":
            return await self._grant()
        if self.before is not None:
            self.before(received)
        answer = self._judge(asked)
        await asyncio.sleep(self.delay)
        if event := self.held.get(asked.path):
            self.holding.set()
            await event.wait()
        return answer if isinstance(answer, web.Response) else web.json_response(answer)

    def _judge(self, asked: Request) -> dict[str, Any] | web.Response:
        if asked.headers.get("access_token") not in self.valid_tokens:
            return refusal(1010, "token invalid")
        script = self.answers[asked.method, asked.path]
        if not script:
            return refusal(1108, "uri path invalid")
        answer = script.popleft() if len(script) > 1 else script[0]
        return answer(asked) if callable(answer) else answer

    async def _grant(self) -> web.Response:
        await asyncio.sleep(self.token_delay)
        if isinstance(self.token_answer, web.Response):
            return self.token_answer
        if self.token_answer is not None:
            return web.json_response(self.token_answer)
        self.tokens += 1
        token = f"token{self.tokens}"
        # A new grant ends the one before, whoever had it.
        self.valid_tokens = {token}
        grant = {
            "access_token": token,
            "expire_time": self.lifetime,
            "refresh_token": "refresh",
            "uid": self.uid,
        }
        return web.json_response(ok(grant))


def expected_sign(asked: Request) -> str:
    """Return the signature that the request must carry."""
    query = "&".join(f"{key}={value}" for key, value in sorted(asked.query.items()))
    url = asked.path + (f"?{query}" if query else "")
    content = hashlib.sha256(asked.body).hexdigest()
    text = "".join(
        (
            ACCESS_ID,
            asked.headers.get("access_token", ""),
            asked.headers["t"],
            asked.headers.get("nonce", ""),
            f"{asked.method}\n{content}\n\n{url}",
        )
    )
    key = ACCESS_SECRET.encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest().upper()
