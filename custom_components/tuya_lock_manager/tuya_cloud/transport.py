"""The only place that sends a request: token, signature, retry, counting, errors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
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
from .models.envelope import Envelope
from .models.token import TokenGrant
from .route import CallKind, Route, Target
from .signing import SIGN_METHOD, sign, string_to_sign, url_to_send, url_to_sign
from .token import Token, TokenKeeper

_LOGGER = logging.getLogger(__name__)

_TOKEN = Route("GET", "/v1.0/token", CallKind.TOKEN)

# How much of the time for a request may go into the connection. What fails then was
# certainly not sent; after that nobody can know.
CONNECT_SHARE = 2 / 3

type CallListener = Callable[[CallKind], None]
type AnswerListener = Callable[[CallKind, TuyaCloudError | None], None]


@dataclass(frozen=True, slots=True)
class _Call:
    """A request that is ready to be signed. The body is built once, signed and sent."""

    route: Route
    path: str = field(repr=False)
    query: Mapping[str, str] | None = field(default=None, repr=False)
    body: bytes = field(default=b"", repr=False)


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
        # Whether sending once more may help: in an outage it only costs.
        self._repeats = True
        self.tokens = TokenKeeper(self._grant_token, clock)

    def now(self) -> datetime:
        """Return the cloud's time: the machine's, and how far its last answer was off."""
        return datetime.fromtimestamp(self._cloud_time(), UTC)

    async def request(
        self,
        target: Target,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, JsonValue] | None = None,
    ) -> JsonValue:
        """Return the `result` of an answer.

        A refused token means that nothing was done, so the request is sent once more
        with a new one. A change whose answer was lost is never sent again. Once
        repeating was in vain, no reading is repeated before something works again.

        Raises:
            TuyaCloudError: see `errors`.
        """
        content = dump_json(dict(body)) if body else b""
        call = _Call(target.route, target.path, query, content)
        token = await self.tokens.get()
        try:
            return await self._ask(call, token)
        except TokenError:
            if not self._may_repeat(call):
                self.tokens.forget(token)
                raise
            token = await self.tokens.replace(token)
        try:
            return await self._ask(call, token)
        except TokenError:
            self._repeats = False
            self.tokens.forget(token)
            raise

    async def _grant_token(self) -> TokenGrant:
        call = _Call(_TOKEN, _TOKEN.template, {"grant_type": "1"})
        return TokenGrant.from_json(await self._ask(call, None))

    async def _ask(self, call: _Call, token: Token | None) -> JsonValue:
        """Send a call, and once more if only the machine's clock was wrong."""
        try:
            return await self._send(call, token)
        except ClockSkewError:
            if not self._may_repeat(call):
                raise
        # The refusal itself told the cloud's time.
        try:
            return await self._send(call, token)
        except ClockSkewError:
            self._repeats = False
            raise

    def _may_repeat(self, call: _Call) -> bool:
        """Tell whether to send a refused call again; somebody waits for a change."""
        return self._repeats or call.route.method != "GET"

    async def _send(self, call: _Call, token: Token | None) -> JsonValue:
        route = call.route
        try:
            status, raw = await self._exchange(call, token)
        except ConnectionFailedError as err:
            _LOGGER.debug("%s %s: %s", route.method, route.template, err)
            # A connection kept open may have been closed at the other end meanwhile;
            # only reads may be sent again, and only once.
            may_help = self._repeats and err.request_sent and not err.timed_out
            if route.method != "GET" or not may_help:
                raise
            try:
                status, raw = await self._exchange(call, token)
            except ConnectionFailedError:
                self._repeats = False
                raise
        envelope = self._open(route, status, raw)
        if envelope.time_ms is not None:
            self._drift = envelope.time_ms / 1000 - self._clock()
        if envelope.success:
            # A token is granted whatever else is the matter.
            self._repeats |= route.kind is not CallKind.TOKEN
            self._tell_answer(route.kind, None)
            return envelope.result
        secrets = self.credentials.access_secret, self.credentials.access_id
        message = envelope.message_without(*secrets, token.value if token else "")
        error = error_for(envelope.code, message, envelope.tid)
        self._tell_answer(route.kind, error)
        raise error

    def _tell_answer(self, kind: CallKind, error: TuyaCloudError | None) -> None:
        if self._on_answer is not None:
            self._on_answer(kind, error)

    async def _exchange(self, call: _Call, token: Token | None) -> tuple[int, bytes]:
        """Send the bytes and return the HTTP status and the bytes that came back."""
        route = call.route
        url = self._base_url + url_to_send(call.path, call.query)
        if self._on_call is not None:
            self._on_call(route.kind)
        try:
            async with self._session.request(
                route.method,
                URL(url, encoded=True),
                data=call.body or None,
                headers=self._headers(call, token),
                timeout=self._timeout,
                # A signed request is for this host alone.
                allow_redirects=False,
                middlewares=(_never_resend,),
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, OSError) as err:
            # The original may hold the headers of the request, so it is not chained.
            raise _failure(err) from None

    def _headers(self, call: _Call, token: Token | None) -> dict[str, str]:
        time_ms = int(self._cloud_time() * 1000)
        url = url_to_sign(call.path, call.query)
        headers = {
            "client_id": self.credentials.access_id,
            "sign": sign(
                string_to_sign(call.route.method, url, call.body),
                access_id=self.credentials.access_id,
                access_secret=self.credentials.access_secret,
                time_ms=time_ms,
                access_token=token.value if token else "",
            ),
            "sign_method": SIGN_METHOD,
            "t": str(time_ms),
        }
        if token is not None:
            headers["access_token"] = token.value
        if call.body:
            headers["Content-Type"] = "application/json"
        return headers

    def _cloud_time(self) -> float:
        return self._clock() + self._drift

    @staticmethod
    def _open(route: Route, status: int, raw: bytes) -> Envelope:
        """Return the answer in an HTTP response, whose status means little to Tuya."""
        if status >= 500:
            _LOGGER.debug("%s %s: HTTP %s", route.method, route.template, status)
            raise ServerError(f"The cloud failed with HTTP {status}")
        try:
            envelope = Envelope.from_json(parse_json(raw))
        except MalformedResponseError:
            _LOGGER.debug("%s %s: HTTP %s", route.method, route.template, status)
            if status == 429:
                raise ThrottledError("Too many requests (HTTP 429)") from None
            raise
        outcome = "success" if envelope.success else envelope.code
        _LOGGER.debug("%s %s: %s", route.method, route.template, outcome)
        return envelope


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
