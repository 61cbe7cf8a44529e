"""Tickets and online temporary passwords (protocol reference, sections 2.1 to 2.9)."""

from ..crypto import open_password, seal_ticket_key
from ..errors import ApiError
from ..json_types import JsonObject, JsonValue, text
from ..locks import issue
from ..locks.codes import Block
from ..locks.delivery import resend
from ..locks.lock import Lock
from ..locks.passwords import OnlinePassword, as_json
from ..locks.wishes import Wish
from ..routing import Call, Routes, as_truth, as_whole, required

ROUTES = Routes("passwords", lock=True)
DOOR = "/v1.0/devices/{device_id}/door-lock"
ONE = f"{DOOR}/temp-passwords/{{password_id}}"
SECONDS_LIMIT = 10**11


def _ticket(call: Call) -> JsonValue:
    ticket = call.world.project.new_ticket(call.lock.id)
    return {
        "ticket_id": ticket.id,
        "ticket_key": seal_ticket_key(ticket.key, call.world.project.access_secret),
        "expire_time": round(ticket.expires - call.world.clock.now()),
    }


@ROUTES.on("POST", f"{DOOR}/password-ticket")
def device_ticket(call: Call) -> JsonValue:
    """Give a ticket by the path of the devices family."""
    if call.lock.switch("ticket_paths") == "smart-lock":
        raise ApiError(1108)
    return _ticket(call)


@ROUTES.on("POST", "/v1.0/smart-lock/devices/{device_id}/password-ticket")
def smart_lock_ticket(call: Call) -> JsonValue:
    """Give a ticket by the path of the smart-lock family."""
    if call.lock.switch("ticket_paths") == "devices":
        raise ApiError(1108)
    return _ticket(call)


def decrypt(call: Call) -> tuple[str, bool]:
    """Return the digits in the body, and whether the lock will read them right.

    Raises:
        ApiError: 1100 a field is missing, 1109 it isn't decipherable, or the ticket's.
    """
    required(call.body, "password", "password_type", "ticket_id")
    if call.body["password_type"] != "ticket":
        raise ApiError(1109)
    sealed = text(call.body["password"])
    ticket = call.use_ticket()
    try:
        digits = open_password(sealed, ticket.key)
    except ValueError as err:
        raise ApiError(1109) from err
    if not (digits.isascii() and digits.isdigit()):
        raise ApiError(1109)
    strict = call.lock.switch("hex_case") == "strict"
    return digits, sealed == sealed.lower() or not strict


def seconds(value: JsonValue) -> int:
    """Return a point of time on the wire.

    Raises:
        ApiError: 1109, no number, or milliseconds.
    """
    moment = as_whole(value)
    if not 0 <= moment < SECONDS_LIMIT:
        raise ApiError(1109)
    return moment


def _blocks(raw: JsonValue) -> tuple[Block, ...]:
    if raw is None or raw in ([], ""):
        return ()
    if not isinstance(raw, list):
        raise ApiError(1109)
    blocks = []
    for entry in raw:
        block = Block.from_json(entry) if isinstance(entry, dict) else None
        if block is None:
            raise ApiError(1109)
        blocks.append(block)
    return tuple(blocks)


def wish(call: Call, *, named: bool, template: bool = False) -> Wish:
    """Return the password that a body describes.

    Raises:
        ApiError: 1100 missing, 1109 illegal, or the ticket's.
    """
    body = call.body
    required(body, "effective_time", "invalid_time", *(("name",) if named else ()))
    kind = body.get("type", 0)
    if kind is None:
        kind = 0
    if as_whole(kind) not in {0, 1}:
        raise ApiError(1109)
    start, end = seconds(body["effective_time"]), seconds(body["invalid_time"])
    blocks = _blocks(body.get("schedule_list"))
    digits, readable = decrypt(call)
    check_name = body.get("check_name")
    return Wish(
        name=text(body.get("name")),
        digits=digits,
        readable=readable,
        start=start,
        end=end,
        one_time=as_whole(kind) == 1,
        time_zone=text(body.get("time_zone")),
        blocks=blocks,
        phone=text(body.get("phone")),
        template=template,
        check_name=check_name is not None and as_truth(check_name),
    )


@ROUTES.on("POST", f"{DOOR}/temp-password")
def create(call: Call) -> JsonValue:
    """Create a password with a name."""
    return {"id": issue.create(call.changing(), wish(call, named=True)).id}


@ROUTES.on("POST", "/v2.0/devices/{device_id}/door-lock/temp-password")
def create_unnamed(call: Call) -> JsonValue:
    """Create a password; v2.0 has no name."""
    return {"id": issue.create(call.changing(), wish(call, named=False)).id}


def lagging(lock: Lock, *, template: bool = False) -> list[OnlinePassword]:
    """Return the passwords as lists see them, which may be a while ago.

    Those of one door only, this one or the template door, if switched so.
    """
    lag = lock.around.switches.number("list_lag", lock.id)
    passwords = lock.book.shown(lock.now - lag)
    return [p for p in passwords if knows(lock, p, template=template)]


def knows(lock: Lock, password: OnlinePassword, *, template: bool) -> bool:
    """Tell whether a door knows a password, by the switch `template_book`."""
    return password.template is template or lock.switch("template_book") == "shared"


def target(call: Call, *, template: bool = False) -> OnlinePassword:
    """Return the password that a call is about.

    Raises:
        ApiError: 2310, 2321 or 2323, by family.
    """
    password = issue.find(call.lock, call.part_number("password_id"))
    if not knows(call.lock, password, template=template):
        raise ApiError(call.lock.traits.not_found)
    return password


def _shown(lock: Lock, password: OnlinePassword) -> JsonObject:
    return as_json(
        password, lock.family, lock.traits, lock.around.switches, lock.id, lock.now
    )


@ROUTES.on("GET", f"{DOOR}/temp-passwords")
def listed(call: Call) -> JsonValue:
    """List passwords: an array, without paging."""
    lock = call.lock
    passwords = lagging(lock)
    if call.query.get("valid"):
        valid = as_truth(call.query["valid"])
        keep_all = not valid and lock.switch("valid_false") == "all"
        passwords = [p for p in passwords if keep_all or p.is_valid(lock.now) is valid]
    return [_shown(lock, password) for password in passwords]


@ROUTES.on("GET", f"{DOOR}/temp-password/{{password_id}}")
@ROUTES.on("GET", "/v2.0/devices/{device_id}/door-lock/temp-passwords/{password_id}")
def one(call: Call) -> JsonValue:
    """Return one password."""
    lock, wanted = call.lock, call.part_number("password_id")
    for password in lagging(lock):
        if password.id == wanted:
            return _shown(lock, password)
    raise ApiError(lock.traits.not_found)


@ROUTES.on("PUT", f"{ONE}/modify-password")
def modify(call: Call) -> JsonValue:
    """Change a password; name and times stay when they aren't given."""
    password = target(call)
    call.body.setdefault("name", password.name)
    call.body.setdefault("effective_time", password.start)
    call.body.setdefault("invalid_time", password.end)
    call.body.setdefault("type", int(password.one_time))
    issue.modify(call.changing(), password, wish(call, named=False))
    return True


@ROUTES.on("PUT", f"{ONE}/freeze-password")
def freeze(call: Call) -> JsonValue:
    """Freeze a password."""
    issue.freeze(call.changing(), target(call), frozen=True)
    return True


@ROUTES.on("PUT", f"{ONE}/unfreeze-password")
def unfreeze(call: Call) -> JsonValue:
    """Unfreeze a password."""
    issue.freeze(call.changing(), target(call), frozen=False)
    return True


@ROUTES.on("DELETE", ONE)
def delete(call: Call) -> JsonValue:
    """Delete a password; its record stays."""
    issue.delete(call.changing(), target(call))
    return True


@ROUTES.on("DELETE", f"{ONE}/record")
def remove_record(call: Call) -> JsonValue:
    """Remove the record of a password."""
    issue.remove_record(call.lock, target(call))
    return True


@ROUTES.on("POST", f"{DOOR}/temp-passwords/rest-password")
@ROUTES.on("POST", f"{DOOR}/temp-passwords/reset-password")
def clear(call: Call) -> JsonValue:
    """Delete all passwords, valid ones, too."""
    issue.clear_all(call.changing())
    return True


@ROUTES.on("POST", f"{DOOR}/issue-password")
def sync(call: Call) -> JsonValue:
    """Send what has not reached the lock again: one password, or all."""
    wanted = call.body.get("password_id")
    ids = None if wanted is None else {as_whole(wanted)}
    resend(call.lock, ids, call.lock.now)
    return True


def keep_alive_record(lock: Lock, password: OnlinePassword) -> JsonObject:
    """Return a password as the keep-alive list shows it: with its digits, in ms."""
    flag = 2 if password.start > lock.now else 1
    return {
        "password_id": str(password.id),
        "pwd_type_code": "temp",
        "name": password.name,
        "password": password.digits,
        "gmt_create": int(password.created * 1000),
        "effective_time": password.start * 1000,
        "expired_time": password.end * 1000,
        "effective_flag": flag if password.is_valid(lock.now) else 0,
        "delivery_status": password.outcome.word,
        "operate": {"add": "ADD", "delete": "DELETE"}.get(
            password.step.value, "MODIFY"
        ),
        "phone": password.phone,
        "sn": -1 if password.slot is None else password.slot,
        "query_id": password.id,
    }


@ROUTES.on("GET", "/v1.0/smart-lock/devices/{device_id}/stand-by-lock-temp-passwords")
def keep_alive(call: Call) -> JsonValue:
    """List passwords in the keep-alive form, by row key or by page."""
    lock = call.lock
    passwords = lagging(lock)
    if call.query.get("valid"):
        valid = as_truth(call.query["valid"])
        passwords = [p for p in passwords if p.is_valid(lock.now) is valid]
    number, size = call.page()
    last = call.query.get("last_row_key", "")
    begin = (number - 1) * size
    if last:
        begin = next((n + 1 for n, p in enumerate(passwords) if str(p.id) == last), 0)
    page = passwords[begin : begin + size]
    return {
        "last_row_key": str(page[-1].id) if page else "",
        "has_more": begin + size < len(passwords),
        "total": len(passwords),
        "records": [keep_alive_record(lock, password) for password in page],
    }
