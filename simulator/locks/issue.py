"""What can be asked about online temporary passwords, and what the cloud refuses."""

from ..errors import ApiError
from .delivery import stored_form, submit
from .family import Carrier, Family
from .lock import Lock, Order
from .passwords import OnlinePassword, Outcome, Step
from .wishes import Wish, check_wish, kept_blocks

VANISH_SECONDS = 180.0
DROP_SECONDS = 600.0


def create(lock: Lock, wish: Wish, *, send: bool = True) -> OnlinePassword:
    """Accept a new password and send it on its way, or only write it down.

    Raises:
        ApiError: see `check_wish`; 2312 for a Zigbee lock that is cut off, if
            switched so.
    """
    check_wish(lock, wish, None)
    cut_off = lock.family is Family.ZIGBEE and not lock.connected
    if cut_off and lock.switch("zigbee_offline_create") == "2312":
        raise ApiError(2312)
    _check_queue(lock)
    lock.around.digits.add(wish.digits)
    now = lock.now
    password = OnlinePassword(
        id=lock.around.number(),
        name=wish.name,
        digits=wish.digits,
        readable=wish.readable,
        start=wish.start,
        end=wish.end,
        created=now,
        one_time=wish.one_time,
        time_zone=wish.time_zone,
        blocks=kept_blocks(lock, wish),
        phone=wish.phone,
        template=wish.template,
        stepped=now,
    )
    lock.book.note(password, now)
    if send:
        submit(lock, Order(Step.ADD, password.id, stored_form(lock, password)), now)
    _plan_vanishing(lock, password, now)
    return password


def _plan_vanishing(lock: Lock, password: OnlinePassword, now: float) -> None:
    """Arrange for codes to vanish that the cloud was seen to lose (section 2.8)."""
    rule = lock.switch("same_name_and_window")
    if rule == "vanish" or (rule == "family" and lock.family is Family.KEYPAD):
        twins = [
            other.id
            for other in lock.book.live.values()
            if other is not password
            and other.step is not Step.DELETE
            and (other.name, other.start, other.end)
            == (password.name, password.start, password.end)
        ]
        gone = [password.id, *twins] if twins else []
        lock.around.agenda.add(
            now + VANISH_SECONDS, lambda when: _vanish_all(lock, gone, when)
        )
    if (
        lock.switch("unconfirmed_codes") == "dropped"
        and lock.traits.carrier is Carrier.WAKE
    ):
        lock.around.agenda.add(
            now + DROP_SECONDS, lambda when: _drop(lock, password, when)
        )


def _vanish_all(lock: Lock, password_ids: list[int], moment: float) -> None:
    for password_id in password_ids:
        _vanish(lock, password_id, moment)


def _vanish(lock: Lock, password_id: int, moment: float) -> None:
    lock.orders = [order for order in lock.orders if order.password_id != password_id]
    held = lock.code_of(password_id)
    if held is not None:
        del lock.codes[held.slot]
    lock.book.remove(password_id, moment)


def _drop(lock: Lock, password: OnlinePassword, moment: float) -> None:
    if password.slot is None and lock.book.live.get(password.id) is password:
        _vanish(lock, password.id, moment)


def find(lock: Lock, password_id: int) -> OnlinePassword:
    """Return a password by its id.

    Raises:
        ApiError: 2310, 2321 or 2323, by family.
    """
    password = lock.book.live.get(password_id)
    if password is None:
        raise ApiError(lock.traits.not_found)
    return password


def _check_queue(lock: Lock) -> None:
    """Refuse a change while a Zigbee gateway has too many on its way.

    Raises:
        ApiError: 2311.
    """
    most = lock.around.switches.number("gateway_queue", lock.id)
    if lock.family is Family.ZIGBEE and 0 < most <= len(lock.orders):
        raise ApiError(2311)


def _begin(lock: Lock, password: OnlinePassword, step: Step) -> None:
    _check_queue(lock)
    password.step = step
    password.outcome = Outcome.ONGOING
    password.stepped = lock.now
    lock.book.note(password, lock.now)
    code = stored_form(lock, password) if step in {Step.ADD, Step.MODIFY} else None
    submit(lock, Order(step, password.id, code), lock.now)


def modify(lock: Lock, password: OnlinePassword, wish: Wish) -> None:
    """Change a password; the lock enforces the old one until it took the new.

    Raises:
        ApiError: see `check_wish`; 2304 ended, 2324 deleted.
    """
    if password.step is Step.DELETE:
        raise ApiError(2324)
    if password.end <= lock.now:
        raise ApiError(2304)
    check_wish(lock, wish, password)
    _check_queue(lock)
    lock.around.digits.add(wish.digits)
    password.name = wish.name
    password.digits, password.readable = wish.digits, wish.readable
    password.start, password.end = wish.start, wish.end
    password.one_time = wish.one_time
    password.time_zone = wish.time_zone
    password.blocks = kept_blocks(lock, wish)
    waiting = next(
        (o for o in lock.orders if o.password_id == password.id and o.step is Step.ADD),
        None,
    )
    if (
        waiting is not None
        and waiting.tries == 0
        and lock.traits.carrier is not Carrier.GATEWAY
    ):
        # Nothing has left the cloud yet, so the new version is what will be sent.
        waiting.code = stored_form(lock, password)
        password.stepped = lock.now
        lock.book.note(password, lock.now)
        return
    failed = password.slot is None and password.outcome > Outcome.SUCCESS
    _begin(lock, password, Step.ADD if failed else Step.MODIFY)


def freeze(lock: Lock, password: OnlinePassword, *, frozen: bool) -> None:
    """Freeze or unfreeze a password.

    Raises:
        ApiError: 2004 on families that can't, 2304 ended, 2324 not on the lock.
    """
    if not lock.traits.can_freeze:
        raise ApiError(2004)
    if password.end <= lock.now:
        raise ApiError(2304)
    if password.step is Step.DELETE or password.slot is None:
        raise ApiError(2324)
    _begin(lock, password, Step.FREEZE if frozen else Step.UNFREEZE)


def delete(lock: Lock, password: OnlinePassword) -> None:
    """Begin to delete a password; done when the lock took it.

    Raises:
        ApiError: 2304 for an ended password, if switched so.
    """
    if password.end <= lock.now:
        if lock.switch("expired_delete") == "2304":
            raise ApiError(2304)
        password.step, password.outcome = Step.DELETE, Outcome.SUCCESS
        password.stepped = lock.now
        lock.book.note(password, lock.now)
        return
    if password.deleted:
        return
    unsent = (
        lock.traits.carrier is not Carrier.GATEWAY and lock.code_of(password.id) is None
    )
    failed = password.outcome > Outcome.SUCCESS and lock.code_of(password.id) is None
    if unsent or failed:
        # It never left the cloud, so there is nothing to take back.
        lock.orders = [
            order for order in lock.orders if order.password_id != password.id
        ]
        password.step, password.outcome = Step.DELETE, Outcome.SUCCESS
        password.stepped = lock.now
        lock.book.note(password, lock.now)
        return
    if any(o.password_id == password.id and o.step is Step.DELETE for o in lock.orders):
        return
    _begin(lock, password, Step.DELETE)


def remove_record(lock: Lock, password: OnlinePassword) -> None:
    """Remove the record of a password from the cloud; the lock isn't told.

    Raises:
        ApiError: 2324 for a live one, if switched so.
    """
    if password.is_valid(lock.now) and lock.switch("record_of_live") == "refused":
        raise ApiError(2324)
    if lock.switch("record_removal") == "loses_delete":
        lock.orders = [
            order for order in lock.orders if order.password_id != password.id
        ]
    lock.book.remove(password.id, lock.now)


def clear_all(lock: Lock) -> None:
    """Delete every password that still lives (`rest-password`): valid ones, too."""
    for password in list(lock.book.live.values()):
        if password.step is not Step.DELETE and password.end > lock.now:
            delete(lock, password)
