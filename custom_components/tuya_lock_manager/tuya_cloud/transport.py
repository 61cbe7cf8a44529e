"""The only place that sends a request: token, signature, retry, counting, errors."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
import logging

import aiohttp
from yarl import URL

from .credentials import Credentials
from .errors import (
    ClockSkewError,
    ConnectionFailedError,
    MalformedResponseError,
    ServerError,
    ThrottledError,
    TokenError,
    TuyaCloudError,
    error_for,
)
from .json import JsonValue, dump_json, parse_json
from .models.envelope import Refusal, read_envelope, read_time
from .models.token import TokenGrant
from .route import CallKind, Route, Target
from .signing import SIGN_METHOD, key_of, sign, string_to_sign, url_to_send, url_to_sign
from .token import Token, TokenKeeper

_LOGGER = logging.getLogger(__name__)

_TOKEN = Route("GET", "/v1.0/token", CallKind.TOKEN)

# How much of the time for a request may go into the connection. What fails then was
# certainly not sent; after that nobody can know.
CONNECT_SHARE = 2 / 3

# How many readings go at once; Tuya refuses a client that asks for too much in one moment.
# What somebody waits for, a change, doesn't wait for them.
READINGS_AT_ONCE = 10

_QUEUING = frozenset(CallKind) - {CallKind.TOKEN, CallKind.CHANGE}

# A connection that goes up and down breaks again: only after so many answers in a row is
# a reading whose connection broke sent once more.
_GOOD_LINE = 20

type CallListener = Callable[[CallKind], None]
type AnswerListener = Callable[[CallKind, TuyaCloudError | None], None]


@dataclass(frozen=True, slots=True, eq=False)
class _Call:
    """A request that is ready to be signed; what is built once is signed and sent.

    `meant` is what the signature covers, `url` where the request travels to.
    """

    route: Route
    meant: str = field(repr=False)
    url: URL = field(repr=False)
    body: bytes | None = field(repr=False)


class Transport:
    """Sends requests of one project to one data centre."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        *,
        clock: Callable[[], float],
        on_call: CallListener | None,
        on_answer: AnswerListener | None,
        timeout: float,
    ) -> None:
        """Take the session, who asks, and how long an answer may take, in seconds."""
        self._session = session
        self.credentials = credentials
        self._base_url = credentials.base_url.rstrip("/")
        self._clock = clock
        self._on_call = on_call
        self._on_answer = on_answer
        self._timeout = aiohttp.ClientTimeout(
            total=timeout, connect=timeout * CONNECT_SHARE
        )
        self._drift = 0.0
        self._key = key_of(credentials.access_secret)
        self._readings = asyncio.Semaphore(READINGS_AT_ONCE)
        # Whether a new token, or the cloud's time, may help: in an outage it only costs.
        self._repeats = True
        # How many answers came in a row since a connection broke for good.
        self._unbroken = _GOOD_LINE
        self.tokens = TokenKeeper(self._grant_token, clock)

    def now(self) -> datetime:
        """Return the cloud's time: the machine's, and how far its last answer was off."""
        return datetime.fromtimestamp(self._cloud_time(), UTC)

    def request(
        self,
        target: Target,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, JsonValue] | None = None,
    ) -> Coroutine[None, None, JsonValue]:
        """Ask the cloud; what is awaited is the `result` of its answer.

        A refused token means that nothing was done, so the request is sent once more
        with a new one. A change whose answer was lost is never sent again. Once
        repeating was in vain, no reading is repeated before something works again; after
        a broken connection, not before it was good for a while.

        Raises:
            TuyaCloudError: see `errors`.
        """
        if query or body:
            call = _call(self._base_url, target, query, body)
        else:
            call = _bare_call(self._base_url, target)
        token = self.tokens.good
        return self._ask(call, token) if token else self._ask_with_new_token(call)

    async def _ask_with_new_token(self, call: _Call) -> JsonValue:
        return await self._ask(call, await self.tokens.get())

    async def _grant_token(self) -> TokenGrant:
        call = _call(self._base_url, _TOKEN.at(), {"grant_type": "1"})
        return TokenGrant.from_json(await self._ask(call, None))

    async def _ask(self, call: _Call, token: Token | None) -> JsonValue:
        """Send a call, and once more for each reason that makes this safe and useful."""
        reasons: set[type[TuyaCloudError]] = set()
        while True:
            try:
                if call.route.kind not in _QUEUING:
                    return await self._send(call, token)
                await self._readings.acquire()
                try:
                    return await self._send(call, token)
                finally:
                    self._readings.release()
            except (ClockSkewError, TokenError, ConnectionFailedError) as err:
                again = type(err) not in reasons
                is_broken = isinstance(err, ConnectionFailedError)
                self._repeats &= again or is_broken  # it was in vain
                if not (again and self._may_repeat(err, call, token)):
                    if is_broken:
                        self._unbroken = 0
                    if token is not None and isinstance(err, TokenError):
                        self.tokens.forget(token)
                    raise
                reasons.add(type(err))
                is_refused = isinstance(err, TokenError)
            if is_refused:
                token = await self.tokens.replace(token)

    def _may_repeat(
        self,
        err: ClockSkewError | TokenError | ConnectionFailedError,
        call: _Call,
        token: Token | None,
    ) -> bool:
        """Tell whether a call that failed like this may be sent once more.

        A refusal means that nothing was done: that of the machine's clock has told the
        cloud's time, and a new token can be had; somebody waits for a change. A connection
        kept open may have been closed at the other end meanwhile; then only reads may be
        sent again.
        """
        is_reading = call.route.method == "GET"
        if isinstance(err, ConnectionFailedError):
            is_good = self._unbroken >= _GOOD_LINE
            may_help = is_good and err.request_sent and not err.timed_out
            return is_reading and may_help
        if token is None and isinstance(err, TokenError):
            return False
        return self._repeats or not is_reading

    async def _send(self, call: _Call, token: Token | None) -> JsonValue:
        """Send a call once and return the `result` of its answer."""
        route = call.route
        if self._on_call is not None:
            self._on_call(route.kind)
        try:
            response = await self._session.request(
                route.method,
                call.url,
                data=call.body,
                headers=self._headers(call, token),
                timeout=self._timeout,
                # A signed request is for this host alone.
                allow_redirects=False,
                middlewares=_MIDDLEWARES,
            )
            content = response.content
            # A short body has come with the headers, so nothing need be waited for. Read
            # to the end, the response has given its connection back.
            whole = content.is_eof()
            raw = content.read_nowait() if whole else await response.read()
        except (aiohttp.ClientError, OSError) as err:
            # The original may hold the headers of the request, so it is not chained.
            failure = _failure(err)
            _LOGGER.debug("%s %s: %s", route.method, route.template, failure)
            raise failure from None
        return self._open(route, response.status, raw, token)

    def _open(
        self, route: Route, status: int, raw: bytes, token: Token | None
    ) -> JsonValue:
        """Return the `result` in an HTTP response, whose status means little to Tuya."""
        if status >= 500:
            _LOGGER.debug("%s %s: HTTP %s", route.method, route.template, status)
            raise ServerError(f"The cloud failed with HTTP {status}")
        try:
            answer = read_envelope(parse_json(raw))
            refusal = None if answer["success"] else Refusal.from_json(answer)
        except MalformedResponseError:
            _LOGGER.debug("%s %s: HTTP %s", route.method, route.template, status)
            if status == 429:
                raise ThrottledError("Too many requests (HTTP 429)") from None
            raise
        time_ms = read_time(answer)
        if time_ms is not None:
            self._drift = time_ms / 1000 - self._clock()
        if refusal is not None:
            raise self._refused(route, refusal, token)
        _LOGGER.debug("%s %s: success", route.method, route.template)
        # A token is granted whatever else is the matter.
        self._repeats |= route.kind is not CallKind.TOKEN
        self._unbroken += 1
        if self._on_answer is not None:
            self._on_answer(route.kind, None)
        return answer.get("result")

    def _refused(
        self, route: Route, refusal: Refusal, token: Token | None
    ) -> TuyaCloudError:
        """Return the error of a refusal, once it was told."""
        _LOGGER.debug("%s %s: %s", route.method, route.template, refusal.code)
        secrets = self.credentials.access_secret, self.credentials.access_id
        message = refusal.message_without(*secrets, token.value if token else "")
        error = error_for(refusal.code, message, refusal.tid)
        if self._on_answer is not None:
            self._on_answer(route.kind, error)
        return error

    def _headers(self, call: _Call, token: Token | None) -> dict[str, str]:
        time_ms = int(self._cloud_time() * 1000)
        headers = {
            "client_id": self.credentials.access_id,
            "sign": sign(
                call.meant,
                self._key,
                access_id=self.credentials.access_id,
                time_ms=time_ms,
                access_token=token.value if token else "",
            ),
            "sign_method": SIGN_METHOD,
            "t": str(time_ms),
        }
        if token is not None:
            headers["access_token"] = token.value
        if call.body is not None:
            headers["Content-Type"] = "application/json"
        return headers

    def _cloud_time(self) -> float:
        return self._clock() + self._drift


def _call(
    base_url: str,
    target: Target,
    query: Mapping[str, str] | None = None,
    body: Mapping[str, JsonValue] | None = None,
) -> _Call:
    route, path = target.route, target.path
    content = dump_json(dict(body)) if body else b""
    return _Call(
        route,
        string_to_sign(route.method, url_to_sign(path, query), content),
        URL(base_url + url_to_send(path, query), encoded=True),
        content or None,
    )


@lru_cache(maxsize=1024)
def _bare_call(base_url: str, target: Target) -> _Call:
    """Return a call without query and body; locks are asked the same again and again."""
    return _call(base_url, target)


async def _never_resend(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Turn a lost connection into our own error at once.

    aiohttp would silently send a GET, PUT or DELETE again when the connection breaks,
    and a change could be done twice.
    """
    try:
        return await handler(request)
    except (aiohttp.ClientError, OSError) as err:
        raise _failure(err) from None


_MIDDLEWARES = (_never_resend,)


def _failure(
    err: aiohttp.ClientError | OSError,
) -> ConnectionFailedError | MalformedResponseError:
    """Return our error for one of aiohttp's; its text names the kind and no more."""
    kind = type(err).__name__
    if isinstance(err, aiohttp.ClientResponseError):
        return MalformedResponseError(f"The answer is not HTTP ({kind})")
    if isinstance(err, aiohttp.ConnectionTimeoutError):
        return ConnectionFailedError(
            "The cloud cannot be reached in time", request_sent=False, timed_out=True
        )
    if isinstance(err, aiohttp.ClientConnectorError | aiohttp.InvalidURL):
        return ConnectionFailedError(
            f"The cloud cannot be reached ({kind})", request_sent=False
        )
    if isinstance(err, TimeoutError):
        return ConnectionFailedError(
            "The cloud did not answer in time", request_sent=True, timed_out=True
        )
    return ConnectionFailedError(
        f"The connection to the cloud broke ({kind})", request_sent=True
    )
