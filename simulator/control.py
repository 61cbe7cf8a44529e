"""The control API: what a test or a person does to the simulated world.

JSON over HTTP, on its own port; documented in the README beside this file.
"""

from collections.abc import Awaitable, Callable

from aiohttp import web

from .acts import ACTS
from .clock import LAST_MOMENT
from .control_fields import flag, number
from .errors import UsageError
from .json_types import JsonObject, JsonValue, dump, parse, text, whole
from .world import World


class Control:
    """Handlers of the control API."""

    def __init__(self, world: World, shut_down: Callable[[], None]) -> None:
        """Take the world to act on."""
        self._world = world
        self._shut_down = shut_down

    async def index(self, _: web.Request) -> web.Response:
        """List what there is to do."""
        return _json({"locks": "/locks/{id or name}", "acts": list(ACTS)})

    async def devices(self, _: web.Request) -> web.Response:
        """List every device."""
        return _json(list(self._world.devices_json()))

    async def add_device(self, request: web.Request) -> web.Response:
        """Pair another lock."""
        body = await _body(request)
        lock = self._world.add_lock(
            text(body.get("source")), text(body.get("name")) or None
        )
        return _json(lock.as_json())

    async def remove_device(self, request: web.Request) -> web.Response:
        """Take a device out of the project."""
        self._world.remove_device(request.match_info["id"])
        return _json({"removed": True})

    async def lock(self, request: web.Request) -> web.Response:
        """Show what a lock really holds."""
        return _json(self._world.lock(request.match_info["id"]).as_json())

    async def act(self, request: web.Request) -> web.Response:
        """Do something at a lock."""
        act = ACTS.get(request.match_info["act"])
        if act is None:
            raise UsageError(f"one of: {', '.join(ACTS)}")
        lock = self._world.lock(request.match_info["id"])
        body = await _body(request)
        return _json(act(self._world, lock, body))

    async def faults(self, _: web.Request) -> web.Response:
        """List the faults."""
        return _json([fault.as_json() for fault in self._world.faults.rules()])

    async def add_fault(self, request: web.Request) -> web.Response:
        """Add a fault."""
        return _json(self._world.faults.add(await _body(request)).as_json())

    async def clear_faults(self, request: web.Request) -> web.Response:
        """Remove one fault, or all."""
        wanted = request.match_info.get("fault_id")
        self._world.faults.remove(whole(wanted) if wanted else None)
        return await self.faults(request)

    async def switches(self, _: web.Request) -> web.Response:
        """List the switches."""
        return _json(list(self._world.around.switches.as_json()))

    async def set_switches(self, request: web.Request) -> web.Response:
        """Turn switches: {"name": …, "value": …, "device": …}, or {name: value, …}."""
        body = await _body(request)
        switches = self._world.around.switches
        if "name" in body:
            device = text(body.get("device")) or None
            if device is not None:
                device = self._world.lock(device).id
            switches.set(text(body["name"]), text(body.get("value")), device)
        else:
            for name, value in body.items():
                switches.check(name, text(value))
            for name, value in body.items():
                switches.set(name, text(value))
        return await self.switches(request)

    async def reset_switches(self, request: web.Request) -> web.Response:
        """Put every switch to its default."""
        self._world.around.switches.reset()
        return await self.switches(request)

    async def clock(self, _: web.Request) -> web.Response:
        """Show the clock."""
        clock = self._world.clock
        return _json({"now": clock.now(), "manual": clock.manual})

    async def move_clock(self, request: web.Request) -> web.Response:
        """Move the clock by `advance` seconds or `set` it to seconds since 1970."""
        body = await _body(request)
        clock = self._world.clock
        if isinstance(body.get("manual"), bool):
            moment = clock.now()
            clock.manual = body["manual"] is True
            clock.set(moment)
        for name, move in (("set", clock.set), ("advance", clock.advance)):
            value = body.get(name)
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise UsageError(f"{name} is a number of seconds")
            if abs(value) >= LAST_MOMENT:
                raise UsageError(f"{name} is too far away")
            move(value)
        self._world.settle()
        return await self.clock(request)

    async def requests(self, request: web.Request) -> web.Response:
        """List what was asked, or count it by family of calls with ?count=1."""
        entries = self._world.requests.entries
        if request.query.get("count"):
            counts: JsonObject = {}
            for entry in entries:
                so_far = whole(counts.get(entry.calls)) or 0
                counts[entry.calls] = so_far + 1
            return _json(counts)
        return _json([entry.as_json() for entry in entries])

    async def secrets(self, _: web.Request) -> web.Response:
        """List what may be found nowhere: digits of codes, and tokens."""
        digits = sorted(self._world.around.digits)
        tokens = sorted(self._world.project.tokens)
        return _json({"digits": [*digits], "tokens": [*tokens]})

    async def clear_requests(self, _: web.Request) -> web.Response:
        """Forget what was asked."""
        self._world.requests.clear()
        return _json([])

    async def tokens(self, request: web.Request) -> web.Response:
        """Revoke or expire every token."""
        project = self._world.project
        revoke = request.match_info["act"] == "revoke"
        return _json(
            {"tokens": project.revoke_tokens() if revoke else project.expire_tokens()}
        )

    async def plan(self, request: web.Request) -> web.Response:
        """Show or change what the project's subscription allows."""
        plan = self._world.project.plan
        body = await _body(request)
        expired, service = flag(body, "expired"), flag(body, "lock_service")
        quota, burst = number(body, "quota", 0), number(body, "burst", 0)
        if "expired" in body:
            plan.expired = expired
        if "lock_service" in body:
            plan.lock_service = service
        if "quota" in body:
            plan.quota = quota
        if "burst" in body:
            plan.burst = burst
        return _json(plan.as_json())

    async def shut_down(self, _: web.Request) -> web.Response:
        """End the program."""
        self._shut_down()
        return _json({"stopping": True})


def _json(value: JsonValue) -> web.Response:
    return web.Response(
        body=dump(value), content_type="application/json", charset="utf-8"
    )


async def _body(request: web.Request) -> JsonObject:
    raw = await request.read()
    if not raw.strip():
        return {}
    try:
        body = parse(raw)
    except ValueError as err:
        raise UsageError("the body is JSON") from err
    if not isinstance(body, dict):
        raise UsageError("the body is a JSON object")
    return body


def control_app(world: World, shut_down: Callable[[], None]) -> web.Application:
    """Return the control API as a web application."""

    @web.middleware
    async def settle(
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        world.settle()
        try:
            return await handler(request)
        except UsageError as err:
            return web.json_response({"error": str(err)}, status=400)
        except web.HTTPException as err:
            return web.json_response({"error": err.reason}, status=err.status)
        except web.RequestPayloadError:
            return web.json_response({"error": "unreadable body"}, status=400)

    control = Control(world, shut_down)
    app = web.Application(middlewares=[settle])
    app.add_routes(
        [
            web.get("/", control.index),
            web.get("/devices", control.devices),
            web.post("/devices", control.add_device),
            web.delete("/devices/{id}", control.remove_device),
            web.get("/locks/{id}", control.lock),
            web.post("/locks/{id}/{act}", control.act),
            web.get("/faults", control.faults),
            web.post("/faults", control.add_fault),
            web.delete("/faults", control.clear_faults),
            web.delete(r"/faults/{fault_id:\d+}", control.clear_faults),
            web.get("/switches", control.switches),
            web.post("/switches", control.set_switches),
            web.delete("/switches", control.reset_switches),
            web.get("/clock", control.clock),
            web.post("/clock", control.move_clock),
            web.get("/secrets", control.secrets),
            web.get("/requests", control.requests),
            web.delete("/requests", control.clear_requests),
            web.post("/tokens/{act:revoke|expire}", control.tokens),
            web.get("/plan", control.plan),
            web.post("/plan", control.plan),
            web.post("/shutdown", control.shut_down),
        ]
    )
    return app
