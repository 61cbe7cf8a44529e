"""The cloud and its control API over HTTP, on loopback only."""

import asyncio
import logging
import socket
import struct
from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.http import HttpProcessingError

from .clock import SimClock
from .control import control_app
from .errors import UsageError
from .faults import FaultKind, missing_fields, wrong_types
from .gateway import Exchange, Gateway
from .json_types import JsonObject, JsonValue, dump
from .request_log import LoggedRequest, plain_path
from .signing import SignedRequest
from .world import World

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SHAPES = (FaultKind.NULL_RESULT, FaultKind.WRONG_TYPES, FaultKind.MISSING_FIELDS)
RESET_ON_CLOSE = struct.pack("ii", 1, 0)
LOGGER = logging.getLogger(__name__)


def _is_our_fault(record: logging.LogRecord) -> bool:
    """Tell errors of the simulator from requests that are no HTTP, which only get a 400."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError | web.RequestPayloadError)


LOGGER.addFilter(_is_our_fault)


class Simulator:
    """A running cloud; an asynchronous context manager.

    Args:
        world: the world that it shows; a default one when None.
        host: a loopback address.
        port: of the cloud, 0 for a free one.
        control_port: of the control API, 0 for a free one.

    Raises:
        UsageError: the host isn't loopback.
    """

    def __init__(
        self,
        world: World | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        control_port: int = 0,
        seed: int | None = None,
        clock: SimClock | None = None,
    ) -> None:
        """Prepare the servers; they start with `start` or `async with`."""
        if host not in LOOPBACK:
            raise UsageError(f"{host} is not a loopback address")
        self.world = world or World(seed=seed, clock=clock)
        self.stopped = asyncio.Event()
        self._host = host
        self._ports = (port, control_port)
        self._gateway = Gateway(self.world)
        self._runners: list[web.BaseRunner] = []
        self._released = asyncio.Event()
        self.base_url = ""
        self.control_url = ""

    async def start(self) -> Self:
        """Start both servers in the running event loop."""
        # The cloud answers every path by itself, odd ones, too: no router before it.
        cloud = web.Server(
            self._handle, access_log=None, handler_cancellation=True, logger=LOGGER
        )
        control = control_app(self.world, self.stopped.set)
        self.base_url = await self._serve(
            web.ServerRunner(cloud, shutdown_timeout=0.2), self._ports[0]
        )
        self.control_url = await self._serve(
            web.AppRunner(
                control,
                access_log=None,
                handler_cancellation=True,
                logger=LOGGER,
                shutdown_timeout=0.2,
            ),
            self._ports[1],
        )
        return self

    async def _serve(self, runner: web.BaseRunner, port: int) -> str:
        await runner.setup()
        self._runners.append(runner)
        site = web.TCPSite(runner, self._host, port)
        await site.start()
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Stop both servers; calls that hang are dropped."""
        self._released.set()
        for runner in self._runners:
            await runner.cleanup()
        self._runners.clear()
        self.stopped.set()

    async def __aenter__(self) -> Self:
        """Start."""
        return await self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        await self.stop()

    def started(self) -> JsonObject:
        """Return what a client needs, for the line printed at the start."""
        project = self.world.project
        return {
            "base_url": self.base_url,
            "control_url": self.control_url,
            "access_id": project.access_id,
            "access_secret": project.access_secret,
            "app_account": {
                "country_code": project.account.country_code,
                "username": project.account.username,
                "password": project.account.password,
                "schema": project.account.schema,
                "uid": project.account.uid,
            },
            "project_uid": project.uid,
            "seed": self.world.seed,
            "devices": list(self.world.devices_json()),
        }

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request of a client, with whatever is to go wrong."""
        path, _, query = request.raw_path.partition("?")
        try:
            body = await request.read()
        except web.RequestPayloadError:
            return web.Response(status=400, text="unreadable body")
        signed = SignedRequest(
            method=request.method,
            raw_path=path,
            raw_query=query,
            body=body,
            headers=request.headers,
        )
        exchange = self._gateway.begin(signed, self.base_url)
        if latency := exchange.strike(FaultKind.LATENCY):
            await asyncio.sleep(latency.seconds)
        if exchange.strike(FaultKind.TIMEOUT_BEFORE):
            self._log(exchange, None)
            return await self._never(request)
        if exchange.strike(FaultKind.RESET):
            self._log(exchange, None)
            return self._reset(request)
        if failure := exchange.strike(FaultKind.HTTP_5XX):
            self._log(exchange, None)
            page = "<html><body><h1>Bad Gateway</h1></body></html>"
            return web.Response(
                status=failure.code or 502, text=page, content_type="text/html"
            )
        envelope = self._gateway.answer(exchange)
        code = envelope.get("code", 0)
        self._log(exchange, code if isinstance(code, int) else None)
        if exchange.strike(FaultKind.TIMEOUT_AFTER):
            return await self._never(request)
        if exchange.strike(FaultKind.RESET_AFTER):
            return self._reset(request)
        return self._respond(exchange, envelope)

    def _respond(self, exchange: Exchange, envelope: JsonObject) -> web.Response:
        """Return the answer, spoilt if it is to be."""
        if "result" in envelope:
            for kind in SHAPES:
                if exchange.strike(kind):
                    envelope["result"] = self._spoil(kind, envelope["result"])
        body = dump(envelope)
        if exchange.strike(FaultKind.BROKEN_JSON):
            body = body[: max(1, len(body) * 2 // 3)]
        return web.Response(body=body, content_type="application/json", charset="utf-8")

    def _spoil(self, kind: FaultKind, result: JsonValue) -> JsonValue:
        if kind is FaultKind.NULL_RESULT:
            return None
        if kind is FaultKind.WRONG_TYPES:
            return wrong_types(result)
        return missing_fields(result, self.world.around.rng)

    async def _never(self, request: web.BaseRequest) -> web.StreamResponse:
        """Keep silent until the client leaves or the server stops."""
        await self._released.wait()
        return self._reset(request)

    @staticmethod
    def _reset(request: web.BaseRequest) -> web.StreamResponse:
        """Reset the connection."""
        transport = request.transport
        if transport is not None:
            connection = transport.get_extra_info("socket")
            if connection is not None:
                connection.setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE
                )
            if isinstance(transport, asyncio.WriteTransport):
                transport.abort()
        return web.Response()

    def _log(self, exchange: Exchange, code: int | None) -> None:
        route = exchange.route
        path = route.shown(exchange.params) if route else plain_path(exchange.path)
        self.world.requests.add(
            LoggedRequest(
                time=self.world.clock.now(),
                method=exchange.request.method,
                path=path,
                calls=exchange.calls,
                device_id=exchange.device_id,
                query=tuple(sorted(exchange.query)),
                code=code,
                fault=tuple(sorted(exchange.faults)),
            )
        )
