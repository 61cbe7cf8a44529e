"""How orders of the cloud reach a lock, by family (protocol reference, section 2.8)."""

from .codes import StoredCode
from .family import Carrier, Family
from .lock import Lock, Order
from .passwords import OnlinePassword, Outcome, Step
from .reports import flush

# A gateway tries three times; all is over within 25 seconds.
TRIES = 3
RETRY_SECONDS = 8.0
AWAKE_SECONDS = 60.0


def submit(lock: Lock, order: Order, moment: float) -> None:
    """Send an order on its way."""
    lock.orders.append(order)
    carrier = lock.traits.carrier
    if carrier is Carrier.GATEWAY:
        delay = lock.around.switches.number("delivery_seconds", lock.id)
        lock.around.agenda.add(
            moment + delay, lambda when: _gateway_try(lock, order, when)
        )
    elif carrier is Carrier.WAKE and lock.connected and moment <= lock.awake_until:
        deliver(lock, moment)


def _gateway_try(lock: Lock, order: Order, moment: float) -> None:
    """Let the gateway try once; give up, or try again, when the lock can't be reached."""
    if order not in lock.orders:
        return
    if lock.connected:
        _carry_out(lock, order, moment)
        return
    order.tries += 1
    if order.tries < TRIES:
        lock.around.agenda.add(
            moment + RETRY_SECONDS, lambda when: _gateway_try(lock, order, when)
        )
    elif lock.family is Family.ZIGBEE or order.step is Step.ADD:
        lock.orders.remove(order)
        _settle(lock, order, Outcome.FAILED, moment)


def _carry_out(lock: Lock, order: Order, moment: float) -> None:
    """Carry out an order after those for the same code that came before it."""
    for earlier in list(lock.orders):
        if earlier.password_id == order.password_id:
            lock.orders.remove(earlier)
            _settle(lock, earlier, apply(lock, earlier, moment), moment)
        if earlier is order:
            return


def deliver(lock: Lock, moment: float) -> int:
    """Give the lock everything that waits for it; returns how many orders that were."""
    waiting, lock.orders = lock.orders, []
    for order in waiting:
        _settle(lock, order, apply(lock, order, moment), moment)
    return len(waiting)


def apply(lock: Lock, order: Order, moment: float) -> Outcome:
    """Carry out one order in the lock's memory."""
    if lock.forced and order.step is not Step.DELETE:
        outcome = lock.forced.pop(0)
        if outcome is not Outcome.SUCCESS:
            return outcome
    held = lock.code_of(order.password_id)
    match order.step:
        case Step.DELETE:
            if held is not None:
                del lock.codes[held.slot]
        case Step.FREEZE | Step.UNFREEZE:
            if held is None:
                return Outcome.FAILED
            held.frozen = order.step is Step.FREEZE
        case Step.ADD | Step.MODIFY:
            return _store(lock, order, moment)
    return Outcome.SUCCESS


def _store(lock: Lock, order: Order, moment: float) -> Outcome:
    """Put a new or changed code into the lock's memory."""
    if order.code is None:
        return Outcome.FAILED
    _forget_ended(lock, moment)
    held = lock.code_of(order.password_id)
    twins = [
        c
        for c in lock.codes.values()
        if c is not held and c.digits == order.code.digits
    ]
    if (
        twins
        and order.code.digits is not None
        and lock.switch("duplicate_digits") == "family"
    ):
        return Outcome.DUPLICATE
    slot = lock.free_slot() if held is None else held.slot
    if slot is None:
        return Outcome.FULL
    stored = order.code.copy()
    stored.slot = slot
    stored.frozen = held.frozen if held else False
    lock.codes[slot] = stored
    return Outcome.SUCCESS


def _forget_ended(lock: Lock, moment: float) -> None:
    """Let the lock reuse the slots of codes that ended by its own clock."""
    own = lock.own_time(moment)
    for slot, code in list(lock.codes.items()):
        if code.end <= own:
            del lock.codes[slot]


def _settle(lock: Lock, order: Order, outcome: Outcome, moment: float) -> None:
    """Write what became of an order into the cloud's book."""
    password = lock.book.live.get(order.password_id)
    if password is None:
        return
    held = lock.code_of(order.password_id)
    if held is not None:
        password.slot = held.slot
        password.frozen = held.frozen
    if not _superseded(lock, password, order):
        password.outcome = outcome
        password.stepped = moment
    lock.book.note(password, moment)


def _superseded(lock: Lock, password: OnlinePassword, order: Order) -> bool:
    """Tell whether a later order for the same code is still on its way."""
    later = any(other.password_id == password.id for other in lock.orders)
    return later or password.step is not order.step


def wake(lock: Lock, moment: float) -> int:
    """Wake a lock that sleeps; it fetches what waits. Returns how many orders that were."""
    if lock.traits.carrier is not Carrier.WAKE:
        return 0
    lock.awake_until = moment + AWAKE_SECONDS
    return deliver(lock, moment) if lock.connected else 0


def app_nearby(lock: Lock, moment: float) -> int:
    """Bring somebody with the app to a lock: orders go in, reports come out."""
    if lock.family not in {Family.BLUETOOTH, Family.BLUETOOTH_GATEWAY}:
        return 0
    flush(lock)
    return deliver(lock, moment)


def cut_off(lock: Lock, *, online_flag: bool | None = False) -> None:
    """Cut a lock, or its gateway, off; the cloud shows it off line unless told otherwise."""
    lock.connected = False
    if online_flag is not None:
        lock.device.online = online_flag


def connect(lock: Lock, moment: float) -> None:
    """Bring a lock back: it reports what happened and takes what a gateway still holds."""
    lock.connected = True
    if lock.traits.carrier is Carrier.APP:
        return
    lock.device.online = True
    flush(lock)
    if lock.traits.carrier is Carrier.GATEWAY or lock.is_awake(moment):
        deliver(lock, moment)


def resend(lock: Lock, password_ids: set[int] | None, moment: float) -> None:
    """Send failed orders again (`issue-password`), for some codes or all."""
    waiting = {order.password_id for order in lock.orders}
    for password in list(lock.book.live.values()):
        wanted = password_ids is None or password.id in password_ids
        if not wanted or password.outcome is Outcome.SUCCESS or password.id in waiting:
            continue
        password.outcome = Outcome.ONGOING
        password.stepped = moment
        lock.book.note(password, moment)
        code = stored_form(lock, password)
        submit(lock, Order(password.step, password.id, code), moment)


def stored_form(lock: Lock, password: OnlinePassword) -> StoredCode:
    """Return a password of the cloud as the lock would store it."""
    enforced = (
        lock.traits.schedules or lock.switch("undocumented_schedule") == "enforced"
    )
    named = lock.switch("schedule_zone") == "named"
    return StoredCode(
        password_id=password.id,
        digits=password.digits if password.readable else None,
        start=password.start,
        end=password.end,
        one_time=password.one_time,
        blocks=password.blocks if enforced else (),
        time_zone=password.time_zone if named else "",
    )
