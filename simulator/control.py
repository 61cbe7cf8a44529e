"""The control API: what a test or a person does to the simulated world.

JSON over HTTP, on its own port; documented in the README beside this file.
"""

from collections.abc import Awaitable, Callable
import json

from aiohttp import web

from .errors import UsageError
from .json_types import JsonObject, JsonValue, text, truth, whole
from .locks.delivery import app_nearby, connect, cut_off, wake
from .locks.keypad import type_code
from .locks.lock import Lock
from .locks.members import Method
from .locks.passwords import Outcome
from .locks.reports import alarm, doorbell, method_opened, touches
from .world import World

type Act = Callable[[World, Lock, JsonObject], JsonValue]


def _keypad(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    code = body.get("code")
    if not isinstance(code, str) or not code:
        raise UsageError("code is the text that is typed")
    return type_code(lock, code).as_json()


def _wake(_: World, lock: Lock, __: JsonObject) -> JsonValue:
    return {"delivered": wake(lock, lock.now)}


def _app_nearby(_: World, lock: Lock, __: JsonObject) -> JsonValue:
    return {"delivered": app_nearby(lock, lock.now)}


def _alarm(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    record = alarm(lock, text(body.get("type")) or "pry", lock.now)
    wake(lock, lock.now)
    return {"reported": record is not None, "record_id": record.id if record else None}


def _doorbell(_: World, lock: Lock, __: JsonObject) -> JsonValue:
    record = doorbell(lock, lock.now)
    if "unlock_request" in lock.device.codes() and lock.in_touch:
        lock.device.put("unlock_request", 60, lock.now, touch=touches(lock))
    wake(lock, lock.now)
    return {"reported": record is not None, "record_id": record.id if record else None}


def _find_method(lock: Lock, body: JsonObject, kind: str) -> Method:
    slot, wanted = whole(body.get("slot")), text(body.get("member"))
    for method in lock.people.methods:
        if method.kind != kind or (slot is not None and method.slot != slot):
            continue
        member = lock.people.members.get(method.user_id or "")
        if wanted and (member is None or wanted not in {member.user_id, member.name}):
            continue
        return method
    raise UsageError(f"no such {kind}")


def _method(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    kind = text(body.get("kind")) or "fingerprint"
    method = _find_method(lock, body, kind)
    member = lock.people.members.get(method.user_id or "")
    opened = member is None or member.effective_flag(lock.own_time(lock.now)) == 1
    if opened:
        method_opened(lock, method, lock.now)
    wake(lock, lock.now)
    return {"opened": opened, "slot": method.slot, "user_id": method.user_id}


def _cut_off(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    cut_off(lock, online_flag=truth(body.get("online", False)))
    return {"connected": False, "online": lock.device.online}


def _connect(_: World, lock: Lock, __: JsonObject) -> JsonValue:
    connect(lock, lock.now)
    return {"connected": True, "online": lock.device.online}


def _battery(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    percent, state = whole(body.get("percent")), text(body.get("state"))
    if percent is None and not state:
        raise UsageError("percent or state")
    if percent is not None:
        lock.device.put("residual_electricity", percent, lock.now, touch=touches(lock))
    if state:
        lock.device.put("battery_state", state, lock.now, touch=touches(lock))
    return {
        code: lock.device.status.get(code)
        for code in ("residual_electricity", "battery_state")
    }


def _status(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    for code, value in body.items():
        lock.device.status[code] = value
        lock.device.times[code] = lock.now
    return dict(lock.device.status)


def _settings(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    """Set name, time zone, capacity, length of codes or the online flag."""
    if "name" in body:
        lock.device.name = text(body["name"])
    if "time_zone" in body:
        lock.device.time_zone = text(body["time_zone"])
    if "capacity" in body:
        lock.capacity = whole(body["capacity"])
    if "digits" in body:
        lock.digits = whole(body["digits"])
    if "online" in body:
        lock.device.online = truth(body["online"]) is True
    return lock.as_json()


def _next_delivery(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    """Decide what becomes of the next deliveries to a lock."""
    wanted = body.get("outcomes")
    names = {outcome.name.lower(): outcome for outcome in Outcome}
    if not isinstance(wanted, list) or any(text(name) not in names for name in wanted):
        raise UsageError(f"outcomes is a list of: {', '.join(names)}")
    lock.forced = [names[text(name)] for name in wanted]
    return {"outcomes": [outcome.name.lower() for outcome in lock.forced]}


def _read_marks(_: World, lock: Lock, __: JsonObject) -> JsonValue:
    """Mark every record as read, as somebody looking at the app does."""
    for record in lock.records.records:
        record.read = True
    return {"unread": lock.records.unread(alarms_only=False)}


ACTS: dict[str, Act] = {
    "keypad": _keypad,
    "wake": _wake,
    "app-nearby": _app_nearby,
    "alarm": _alarm,
    "doorbell": _doorbell,
    "fingerprint": _method,
    "method": _method,
    "cut-off": _cut_off,
    "connect": _connect,
    "battery": _battery,
    "status": _status,
    "settings": _settings,
    "delivery": _next_delivery,
    "read": _read_marks,
}


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
        self._world.faults.remove(int(wanted) if wanted else None)
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
        if "expired" in body:
            plan.expired = truth(body["expired"]) is True
        if "lock_service" in body:
            plan.lock_service = truth(body["lock_service"]) is not False
        if "quota" in body:
            plan.quota = whole(body["quota"])
        if "burst" in body:
            plan.burst = whole(body["burst"])
        return _json(plan.as_json())

    async def shut_down(self, _: web.Request) -> web.Response:
        """End the program."""
        self._shut_down()
        return _json({"stopping": True})


def _json(value: JsonValue) -> web.Response:
    return web.Response(
        text=json.dumps(value, ensure_ascii=False), content_type="application/json"
    )


async def _body(request: web.Request) -> JsonObject:
    raw = await request.read()
    if not raw.strip():
        return {}
    try:
        body = json.loads(raw)
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
            web.get("/requests", control.requests),
            web.delete("/requests", control.clear_requests),
            web.post("/tokens/{act:revoke|expire}", control.tokens),
            web.get("/plan", control.plan),
            web.post("/plan", control.plan),
            web.post("/shutdown", control.shut_down),
        ]
    )
    return app
