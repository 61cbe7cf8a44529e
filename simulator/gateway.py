"""The cloud's door: what is checked before a call is answered, in the cloud's order.

The order (client, time, signature, token, subscription, device permission, path,
parameters, business) is inferred (protocol reference, section 10).
"""

from dataclasses import dataclass
import re
import time
from urllib.parse import parse_qsl, unquote

from .accounts import Token
from .errors import ApiError
from .faults import Fault, FaultKind, Faults
from .json_types import JsonObject, JsonValue, parse, whole
from .routes import all_routes
from .routing import Call, Route
from .signing import SignedRequest, verify
from .world import World

CLOCK_TOLERANCE = 300.0
DEVICE_IN_PATH = re.compile(
    r"^/v\d\.\d/(?:smart-lock/|iot-0\d/|cloud/thing/)?devices?/(\w{16,})"
)


@dataclass(slots=True)
class Exchange:
    """One request on its way through the checks."""

    request: SignedRequest
    path: str
    query: dict[str, str]
    route: Route | None
    params: dict[str, str]
    faults: dict[FaultKind, Fault]
    base_url: str
    device_id: str = ""

    @property
    def calls(self) -> str:
        """Return the family of calls, "" for an unknown path."""
        return self.route.calls if self.route else ""

    def strike(self, kind: FaultKind) -> Fault | None:
        """Return a fault that befalls the call, and count it."""
        fault = self.faults.get(kind)
        if fault is not None:
            Faults.happened(fault)
        return fault


class Gateway:
    """Answers requests with envelopes."""

    def __init__(self, world: World) -> None:
        """Open the door to a world."""
        self.world = world
        self._router = all_routes()
        self._burst: list[float] = []

    def begin(self, request: SignedRequest, base_url: str) -> Exchange:
        """Find out what a request is about and which faults befall it."""
        self.world.settle()
        path = unquote(request.raw_path)
        query = dict(parse_qsl(request.raw_query, keep_blank_values=True))
        match = self._router.match(request.method, path)
        route, params = match or (None, {})
        found = DEVICE_IN_PATH.match(path)
        device_id = params.get("device_id") or (found[1] if found else "")
        drawn = self.world.faults.draw(
            request.method, path, route.calls if route else ""
        )
        return Exchange(request, path, query, route, params, drawn, base_url, device_id)

    def answer(self, exchange: Exchange) -> JsonObject:
        """Return the envelope of a request: a result, or a code and a text."""
        self.world.settle()  # the answer may be late
        try:
            result = self._result(exchange)
        except ApiError as err:
            return self._envelope({"success": False, "code": err.code, "msg": err.msg})
        return self._envelope({"success": True, "result": result})

    def _envelope(self, content: JsonObject) -> JsonObject:
        around = self.world.around
        return {**content, "t": around.clock.now_ms(), "tid": around.hexadecimal(32)}

    def _result(self, exchange: Exchange) -> JsonValue:
        self._check_client(exchange)
        self._check_time(exchange)
        self._check_signature(exchange)
        token = self._check_token(exchange)
        self._check_subscription(exchange)
        self._check_device(exchange)
        if exchange.route is None:
            raise ApiError(1108)
        body = self._read_body(exchange.request)
        self._strike_business(exchange, body)
        call = Call(
            world=self.world,
            method=exchange.request.method,
            path=exchange.path,
            params=exchange.params,
            query=exchange.query,
            body=body,
            token=token,
            base_url=exchange.base_url,
        )
        return exchange.route.handler(call)

    def _check_client(self, exchange: Exchange) -> None:
        if exchange.request.headers.get("client_id") != self.world.project.access_id:
            raise ApiError(1005)

    def _check_time(self, exchange: Exchange) -> None:
        stamp = whole(exchange.request.headers.get("t"))
        if exchange.strike(FaultKind.CLOCK_SKEW) or stamp is None:
            raise ApiError(1013)
        clocks = [self.world.clock.now()]
        if self.world.around.switches.get("time_check") == "either":
            # A client outside can't follow a clock that was moved.
            clocks.append(time.time())
        if all(abs(clock - stamp / 1000) > CLOCK_TOLERANCE for clock in clocks):
            raise ApiError(1013)

    def _check_signature(self, exchange: Exchange) -> None:
        headers = exchange.request.headers
        switches = self.world.around.switches
        token = headers.get("access_token", "")
        is_token = exchange.route is not None and exchange.route.is_token
        good = headers.get("sign_method") == "HMAC-SHA256" and verify(
            exchange.request,
            self.world.project.access_secret,
            # Token calls are signed without a token; a client that still has one may sign it.
            ("", token) if is_token else (token,),
            form=switches.get("query_signature"),
            newline=switches.get("signed_header_block") == "newline",
            old=switches.get("old_signature") == "accepted",
        )
        if not good:
            raise ApiError(1004)

    def _check_token(self, exchange: Exchange) -> Token | None:
        if exchange.route is not None and exchange.route.is_token:
            return None
        project = self.world.project
        access = exchange.request.headers.get("access_token", "")
        known = project.tokens.get(access)
        if known is not None and exchange.strike(FaultKind.EXPIRED_TOKEN):
            known.expires = self.world.clock.now()
        if known is not None and exchange.strike(FaultKind.REVOKED_TOKEN):
            del project.tokens[access]
        return project.check_token(access)

    def _check_subscription(self, exchange: Exchange) -> None:
        plan, switches = self.world.project.plan, self.world.around.switches
        is_token = exchange.route is not None and exchange.route.is_token
        self._check_data_center(switches.get("data_center"), is_token=is_token)
        if fault := exchange.strike(FaultKind.THROTTLED):
            raise ApiError(fault.code or 1199)
        self._check_burst(plan.burst)
        if fault := exchange.strike(FaultKind.NOT_AUTHORISED):
            raise ApiError(fault.code or int(switches.get("subscription_code")))
        if exchange.strike(FaultKind.PLAN_EXPIRED):
            raise ApiError(28841002)
        if exchange.strike(FaultKind.QUOTA):
            raise ApiError(28841004)
        exempt = exchange.calls == "token" and switches.get("plan_on_token") == "off"
        if plan.expired and not exempt:
            raise ApiError(28841002)
        if plan.quota is not None and not exempt:
            if plan.quota <= 0:
                raise ApiError(28841004)
            plan.quota -= 1
        lock_call = exchange.route is not None and exchange.route.needs_lock_service
        if lock_call and not plan.lock_service:
            raise ApiError(int(switches.get("subscription_code")))

    @staticmethod
    def _check_data_center(place: str, *, is_token: bool) -> None:
        """Refuse the calls of a project that lives in another data centre."""
        if place in {"right", "empty"} or is_token:
            return
        if place == "2007":
            raise ApiError(
                2007, "your ip(203.0.113.7) cross-region access is not allowed"
            )
        raise ApiError(int(place))

    def _check_burst(self, limit: int | None) -> None:
        if limit is None:
            return
        now = time.monotonic()
        self._burst = [moment for moment in self._burst if now - moment < 1]
        if len(self._burst) >= limit:
            raise ApiError(1199)
        self._burst.append(now)

    def _check_device(self, exchange: Exchange) -> None:
        if exchange.device_id and exchange.device_id not in self.world.devices:
            raise ApiError(int(self.world.around.switches.get("unknown_device")))

    @staticmethod
    def _read_body(request: SignedRequest) -> JsonObject:
        """Return the JSON body.

        Raises:
            ApiError: 1006 another kind of body, 1109 no JSON object.
        """
        if request.method == "GET" or not request.body.strip():
            return {}
        kind = request.headers.get("Content-Type", "application/json")
        if not kind.lower().startswith("application/json"):
            raise ApiError(1006)
        try:
            body = parse(request.body)
        except ValueError as err:
            raise ApiError(1109) from err
        if not isinstance(body, dict):
            raise ApiError(1109)
        return body

    def _strike_business(self, exchange: Exchange, body: JsonObject) -> None:
        if exchange.device_id and exchange.strike(FaultKind.DEVICE_OFFLINE):
            raise ApiError(2001)
        stores = exchange.request.method == "POST" and "effective_time" in body
        creates = stores and exchange.calls in {"passwords", "templates"}
        if creates and exchange.strike(FaultKind.LOCK_FULL):
            raise ApiError(2303)
        if "ticket_id" in body and exchange.strike(FaultKind.TICKET_EXPIRED):
            raise ApiError(
                int(self.world.around.switches.get("ticket_error", exchange.device_id))
            )
