"""Every method of the client meets every fault of the simulated cloud.

The right exception comes of it, soon and without a secret in its words; what it says of
the outcome is true; and the account can be used afterwards.
"""

import asyncio
from collections.abc import Iterator

import aiohttp
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    ClockSkewError,
    ConnectionFailedError,
    DeviceOfflineError,
    LockFullError,
    MalformedResponseError,
    NotSubscribedError,
    PermissionDeniedError,
    PlanExpiredError,
    QuotaExhaustedError,
    ServerError,
    ThrottledError,
    TicketError,
    TokenError,
    TuyaCloudError,
    TuyaLockClient,
)
from simulator import Simulator
from simulator.faults import FaultKind

from .every_method import METHODS, Method, Scene, prepare, public_methods
from .simulated import client_of

# The faults that have one answer, whatever was asked.
ANSWERS: dict[str, type[TuyaCloudError]] = {
    "timeout_before": ConnectionFailedError,
    "timeout_after": ConnectionFailedError,
    "reset": ConnectionFailedError,
    "reset_after": ConnectionFailedError,
    "http_5xx": ServerError,
    "http_5xx:code=503": ServerError,
    "broken_json": MalformedResponseError,
    "expired_token": TokenError,
    "revoked_token": TokenError,
    "throttled": ThrottledError,
    "throttled:code=1110": ThrottledError,
    "quota": QuotaExhaustedError,
    "plan_expired": PlanExpiredError,
    "not_authorised": NotSubscribedError,
    "not_authorised:code=1106": PermissionDeniedError,
    "clock_skew": ClockSkewError,
    "device_offline": DeviceOfflineError,
    "lock_full": LockFullError,
    "ticket_expired": TicketError,
}
# What spoils the result, so that it depends on the result what can be made of it.
SPOILT = ("wrong_types", "missing_fields", "null_result")
# After these the work may have been done all the same.
MAYBE_DONE = ("timeout_after", "reset_after", "broken_json")
NOTHING_DONE = tuple(fault for fault in ANSWERS if fault not in MAYBE_DONE)

TIMEOUT = 0.3


def concerns(fault: str, method: Method, name: str) -> bool:
    """Tell whether a fault is one that a call meets."""
    match fault.partition(":")[0]:
        case "expired_token" | "revoked_token":
            return name != "connect"
        case "device_offline":
            return not method.whole_account
        case "lock_full":
            return method.creates
        case "ticket_expired":
            return method.ticket
        case _:
            return True


@pytest.fixture
def client(world: Simulator, session: aiohttp.ClientSession) -> TuyaLockClient:
    """Return a client of the simulator, which waits no longer than a test has to."""
    return client_of(world, session, timeout=TIMEOUT)


@pytest.fixture
async def scene(client: TuyaLockClient, world: Simulator) -> Scene:
    """Return a lock with something of everything."""
    return await prepare(client, world)


def test_every_method_is_here() -> None:
    """A method that is added later meets the faults, too."""
    assert set(METHODS) == public_methods()


def test_every_fault_is_here() -> None:
    """A fault that is added later befalls the methods, too."""
    kinds = {fault.partition(":")[0] for fault in (*ANSWERS, *SPOILT)}
    assert kinds == set(FaultKind) - {FaultKind.LATENCY}


@pytest.mark.parametrize("name", METHODS)
async def test_calls_succeed(scene: Scene, world: Simulator, name: str) -> None:
    """Without a fault, and with an answer that is merely late, every call succeeds."""
    world.world.faults.parse("latency:seconds=0.02")
    before = scene.contents
    await METHODS[name].call(scene)
    if name == "enrol_method":
        world.world.clock.advance(5)
        world.world.settle()
    changes = METHODS[name].changes and name != "cancel_enrolment"
    assert (scene.contents != before) is changes


@pytest.mark.parametrize("name", METHODS)
async def test_nothing_done(scene: Scene, world: Simulator, name: str) -> None:
    """A fault that keeps a call from being done is told in kind, and nothing is done."""
    for fault in NOTHING_DONE:
        if concerns(fault, METHODS[name], name):
            before = scene.contents
            await meet(scene, world, name, fault)
            assert scene.contents == before


@pytest.mark.parametrize("fault", NOTHING_DONE)
async def test_unconcerned(scene: Scene, world: Simulator, fault: str) -> None:
    """A call that a fault does not concern succeeds under it."""
    world.world.faults.parse(fault)
    for name, method in METHODS.items():
        if not concerns(fault, method, name) and not method.changes:
            await method.call(scene)


@pytest.mark.parametrize("fault", MAYBE_DONE)
@pytest.mark.parametrize("name", METHODS)
async def test_maybe_done(
    scene: Scene, world: Simulator, name: str, fault: str
) -> None:
    """An answer that is lost after the work is told as one that leaves it open."""
    err = await meet(scene, world, name, fault)
    assert err.outcome_unknown


async def meet(scene: Scene, world: Simulator, name: str, fault: str) -> TuyaCloudError:
    """Return the error of a call under a fault; afterwards the account is as usable.

    Where a ticket is asked for first, the fault befalls that once, and then the call.
    """
    method = METHODS[name]
    apart = method.ticket and not fault.startswith(("ticket_expired", "lock_full"))
    for skipped in (0, 1) if apart else (0,):
        separator = "," if ":" in fault else ":"
        world.world.faults.parse(f"{fault}{separator}skip={skipped}")
        err = await fails(scene, method)
        assert isinstance(err, ANSWERS[fault])
        assert_silent(scene, world, err)
        assert_told_timeout(fault, err)
        world.world.faults.remove()
        devices = await scene.client.list_devices()
        assert scene.lock.id in {device.id for device in devices}
    return err


@pytest.mark.parametrize("fault", SPOILT)
@pytest.mark.parametrize("name", METHODS)
async def test_spoilt_answers(
    scene: Scene, world: Simulator, name: str, fault: str
) -> None:
    """A spoilt answer is refused, or has enough of it left; it is never something else."""
    method = METHODS[name]
    world.world.faults.parse(fault)
    try:
        async with asyncio.timeout(5):
            answer = await method.call(scene)
    except MalformedResponseError as err:
        assert_silent(scene, world, err)
    else:
        # Only a change that says no more than "done" may lack the rest, and a list
        # entry its less important fields: an outage is never an empty list.
        assert method.changes or fault == "missing_fields", answer
        assert answer != ()
    world.world.faults.remove()
    assert scene.lock.id in {device.id for device in await scene.client.list_devices()}


@pytest.mark.parametrize("fault", ["expired_token", "revoked_token", "clock_skew"])
@pytest.mark.parametrize("name", METHODS)
async def test_cured_faults(
    scene: Scene, world: Simulator, name: str, fault: str
) -> None:
    """A token that ended and a clock that is wrong are cured unseen, and done once."""
    world.world.faults.parse(f"{fault}:count=1")
    await METHODS[name].call(scene)


async def fails(scene: Scene, method: Method) -> TuyaCloudError:
    """Return the error of a call; it comes soon."""
    async with asyncio.timeout(5):
        with pytest.raises(TuyaCloudError) as caught:
            await method.call(scene)
    return caught.value


def assert_silent(scene: Scene, world: Simulator, err: TuyaCloudError) -> None:
    """Nothing that an error carries has a secret in it."""
    told = world.started()
    secrets = {
        str(told["access_id"]),
        str(told["access_secret"]),
        *world.world.project.tokens,
        *("830517", "740512", "295038"),
        *(digits for digits in digits_of(scene)),
    }
    for link in chain(err):
        text = f"{link} {link!r} {link.__dict__}"
        assert not [secret for secret in secrets if secret in text]


def digits_of(scene: Scene) -> Iterator[str]:
    """Yield the digits that the lock or its members have."""
    for code in scene.lock.offline.values():
        yield code.digits
    for method in scene.lock.people.methods:
        if method.digits is not None:
            yield method.digits


def chain(err: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those that it came of."""
    while err is not None:
        yield err
        err = err.__cause__ or err.__context__


def assert_told_timeout(fault: str, err: TuyaCloudError) -> None:
    """Silence and a broken connection are told apart."""
    if isinstance(err, ConnectionFailedError):
        assert err.timed_out is fault.startswith("timeout")
        assert err.outcome_unknown
