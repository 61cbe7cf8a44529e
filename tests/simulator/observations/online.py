"""Observations of switches: online passwords."""

from simulator.locks.delivery import cut_off, wake
from simulator.locks.keypad import type_code
from tests.simulator.customer import DAY, Customer, door
from tests.simulator.observations.base import HOUR, active, observes


@observes
async def ticket_lifetime(customer: Customer) -> object:
    """Whether a ticket lives for more than five minutes."""
    lock = customer.lock("Garage")
    body = await customer.wish(lock, "8305172")
    customer.pass_time(301)
    return (await customer.call("POST", f"{door(lock)}/temp-password", body)).code


@observes
async def ticket_single_use(customer: Customer) -> object:
    """Whether a ticket serves twice."""
    lock = customer.lock("Front door")
    body = await customer.wish(lock, "830517")
    await customer.call("POST", f"{door(lock)}/temp-password", body)
    return (await customer.call("POST", f"{door(lock)}/temp-password", body)).code


@observes
async def ticket_error(customer: Customer) -> object:
    """What an unknown ticket is answered with."""
    lock = customer.lock("Garage")
    return (await customer.try_create(lock, "8305172", ticket_id="gone")).code


@observes
async def ticket_paths(customer: Customer) -> object:
    """Which ticket path exists."""
    lock = customer.lock("Garage")
    smart = f"/v1.0/smart-lock/devices/{lock.id}/password-ticket"
    old = await customer.call("POST", f"{door(lock)}/password-ticket")
    return old.code, (await customer.call("POST", smart)).code


@observes
async def hex_case(customer: Customer) -> object:
    """Whether a password in upper case opens."""
    lock = customer.lock("Garage")
    await active(customer, lock, upper=True)
    return type_code(lock, "8305172").opened


@observes
async def wifi_digits(customer: Customer) -> object:
    """Which length a Wi-Fi lock takes."""
    lock = customer.lock("Garage")
    long = (await customer.try_create(lock, "8305172")).code
    return long, (await customer.try_create(lock, "271503")).code


@observes
async def phase_numbering(customer: Customer) -> object:
    """The phases of a life on a Wi-Fi lock."""
    lock = customer.lock("Garage")
    password_id = await customer.create(lock, "8305172")
    phases = [(await customer.shown(lock, password_id))["phase"]]
    wake(lock, lock.now)
    phases.append((await customer.shown(lock, password_id))["phase"])
    return phases


@observes
async def combined_delete(customer: Customer) -> object:
    """The phases of a deleted code on a keypad, minute by minute."""
    lock = customer.lock("Garden gate")
    password_id = await active(customer, lock)
    await customer.delete(lock, password_id)
    phases = []
    for _ in range(3):
        phases.append((await customer.shown(lock, password_id))["phase"])
        customer.pass_time(60)
    return tuple(phases)


@observes
async def sn_before_delivery(customer: Customer) -> object:
    """The slot of a waiting code."""
    lock = customer.lock("Garage")
    password_id = await customer.create(lock, "8305172")
    return (await customer.shown(lock, password_id)).get("sn", "absent")


@observes
async def unconfirmed_codes(customer: Customer) -> object:
    """Whether a waiting code is there after ten minutes."""
    lock = customer.lock("Garage")
    await customer.create(lock, "8305172")
    customer.pass_time(601)
    return len(await customer.listed(lock))


@observes
async def same_name_and_window(customer: Customer) -> object:
    """What is left of twins on a keypad and on a Zigbee lock."""
    left = []
    for name in ("Garden gate", "Front door"):
        lock = customer.lock(name)
        now = int(lock.now)
        window = {"effective_time": now, "invalid_time": now + DAY}
        await customer.create(lock, "830517", **window)
        await customer.create(lock, "271503", **window)
        customer.pass_time(200)
        left.append(len(await customer.listed(lock)))
    return tuple(left)


@observes
async def duplicate_names(customer: Customer) -> object:
    """Whether a name can be had twice."""
    lock = customer.lock("Garage")
    await customer.create(lock, "8305172")
    return (await customer.try_create(lock, "2715038")).code


@observes
async def duplicate_digits(customer: Customer) -> object:
    """Whether digits can be had twice."""
    lock = customer.lock("Garage")
    await customer.create(lock, "8305172")
    return (await customer.try_create(lock, "8305172", name="other")).code


@observes
async def past_start(customer: Customer) -> object:
    """Whether a window may have begun."""
    lock = customer.lock("Garage")
    start = int(lock.now) - 60
    return (await customer.try_create(lock, "8305172", effective_time=start)).code


@observes
async def long_name(customer: Customer) -> object:
    """Where 21 characters are too many."""
    lock = customer.lock("Garage")
    online = await customer.try_create(lock, "8305172", name="x" * 21)
    return online.code, (await customer.offline(lock, "once", name="x" * 21)).code


@observes
async def expired_delete(customer: Customer) -> object:
    """Whether an ended code can be deleted."""
    lock = customer.lock("Garage")
    password_id = await active(customer, lock)
    customer.pass_time(2 * DAY)
    return (await customer.delete(lock, password_id)).code


@observes
async def record_of_live(customer: Customer) -> object:
    """Whether the record of a valid code can go."""
    lock = customer.lock("Garage")
    password_id = await active(customer, lock)
    path = f"{door(lock)}/temp-passwords/{password_id}/record"
    return (await customer.call("DELETE", path)).code


@observes
async def record_removal(customer: Customer) -> object:
    """Whether a pending deletion survives the removal of its record."""
    lock = customer.lock("Garage")
    password_id = await active(customer, lock)
    customer.pass_time(61)
    await customer.delete(lock, password_id)
    path = f"{door(lock)}/temp-passwords/{password_id}/record"
    await customer.call("DELETE", path)
    wake(lock, lock.now)
    return type_code(lock, "8305172").opened


@observes
async def valid_false(customer: Customer) -> object:
    """What valid=false lists."""
    lock = customer.lock("Garage")
    await active(customer, lock)
    return len(await customer.listed(lock, valid="false"))


@observes
async def zigbee_offline_create(customer: Customer) -> object:
    """Whether a lock that is cut off gets codes."""
    lock = customer.lock("Front door")
    cut_off(lock)
    return (await customer.try_create(lock, "830517")).code


@observes
async def gateway_queue(customer: Customer) -> object:
    """Whether a gateway takes two changes at once."""
    lock = customer.lock("Front door")
    await customer.create(lock, "830517")
    return (await customer.try_create(lock, "271503", name="other")).code


@observes
async def list_lag(customer: Customer) -> object:
    """Whether a list knows what was just done."""
    lock = customer.lock("Front door")
    await customer.create(lock, "830517")
    before = len(await customer.listed(lock))
    customer.pass_time(10)
    return before, len(await customer.listed(lock))


@observes
async def delivery_seconds(customer: Customer) -> object:
    """Whether a code is there after five seconds."""
    lock = customer.lock("Front door")
    await customer.create(lock, "830517")
    customer.pass_time(5)
    return type_code(lock, "830517").opened


@observes
async def clock_drift(customer: Customer) -> object:
    """Whether the lock thinks that tomorrow has come."""
    lock = customer.lock("Front door")
    start = int(lock.now) + HOUR
    await active(customer, lock, effective_time=start)
    return type_code(lock, "830517").opened


@observes
async def delivery_status_form(customer: Customer) -> object:
    """What becomes of a code, in which form."""
    lock = customer.lock("Front door")
    password_id = await active(customer, lock)
    return (await customer.shown(lock, password_id))["delivery_status"]
