"""Members of a lock (protocol reference, section 3.2)."""

from ..errors import ApiError
from ..json_types import JsonObject, JsonValue, text
from ..locks.enrolment import dp_number
from ..locks.lock import Lock
from ..locks.members import Member, Method, Role
from ..routing import Call, Routes, as_truth, as_whole, required
from .records import count

ROUTES = Routes("members", lock=True)
PEOPLE = "/v1.0/devices/{device_id}/users"
SMART = "/v1.0/smart-lock/devices/{device_id}/users"
PROFILE = ("sex", "birthday", "height", "weight")


def find(lock: Lock, user_id: str) -> Member:
    """Return a member.

    Raises:
        ApiError: 2006, there is none.
    """
    member = lock.people.members.get(user_id)
    if member is None:
        raise ApiError(2006)
    return member


def _unlock(lock: Lock, method: Method) -> JsonObject:
    return {
        "unlock_id": f"{dp_number(lock, method.dp_code)}-{method.slot}",
        "unlock_sn": method.slot,
        "unlock_name": method.name,
        "unlock_attr": int(method.special or method.hijack),
        "op_mode_id": method.op_mode_id,
        "photo_unlock": False,
        "admin": False,
    }


def _rich(lock: Lock, member: Member, codes: set[str]) -> JsonObject:
    """Return a member as the rich list shows it."""
    methods = lock.people.of(member.user_id)
    kinds = dict.fromkeys(method.dp_code for method in methods)
    detail: list[JsonValue] = [
        {
            "dp_code": code,
            "count": sum(method.dp_code == code for method in methods),
            "unlock_list": [_unlock(lock, m) for m in methods if m.dp_code == code],
        }
        for code in kinds
        if not codes or code in codes
    ]
    shown: JsonObject = {
        "user_id": member.user_id,
        "nick_name": member.name,
        "avatar_url": "",
        "user_contact": member.contact,
        "user_type": member.user_type(lock.switch("user_types")),
        "lock_user_id": member.lock_user_id,
        "back_home_notify_attr": 0,
        "effective_flag": member.effective_flag(lock.now),
        "unlock_detail": detail,
        "time_schedule_info": {
            "permanent": member.permanent,
            "effective_time": member.start,
            "expired_time": member.end,
            "operate": "ADD",
            "delivery_status": "SUCCESS",
            "schedule_details": list(member.schedule),
        },
    }
    if lock.switch("member_uid") == "present":
        shown["uid"] = member.uid
    return shown


def _plain(lock: Lock, member: Member) -> JsonObject:
    """Return a member as the v1.0 list shows it."""
    return {
        "user_id": member.user_id,
        "device_id": lock.id,
        "nick_name": member.name,
        "contact": member.contact,
        **{name: member.profile.get(name, 0) for name in PROFILE},
    }


def _typed(lock: Lock, member: Member) -> JsonObject:
    """Return a member as v1.1 shows it."""
    return {
        **_plain(lock, member),
        "user_type": member.user_type(lock.switch("user_types")),
        "effective_flag": member.effective_flag(lock.now),
        "lock_user_id": member.lock_user_id,
    }


def _page(lock: Lock, call: Call, shown: list[JsonObject]) -> JsonObject:
    number, size = call.page()
    return {
        "total": count(lock, len(shown)),
        "total_pages": -(-len(shown) // size),
        "has_more": number * size < len(shown),
        "records": list(shown[(number - 1) * size : number * size]),
    }


@ROUTES.on("GET", SMART)
def rich(call: Call) -> JsonValue:
    """List every member with methods and time limits."""
    lock = call.lock
    if lock.switch("member_lists") != "all":
        raise ApiError(1108)
    codes = {part for part in call.query.get("codes", "").split(",") if part}
    return _page(
        lock, call, [_rich(lock, m, codes) for m in lock.people.members.values()]
    )


@ROUTES.on("GET", PEOPLE)
def plain(call: Call) -> JsonValue:
    """List those who only exist on the device: an array, without paging."""
    lock = call.lock
    return [
        _plain(lock, member)
        for member in lock.people.members.values()
        if not member.uid
    ]


@ROUTES.on("GET", "/v1.1/devices/{device_id}/users")
def typed(call: Call) -> JsonValue:
    """List members with their kind, by page, name and role."""
    lock = call.lock
    if lock.switch("member_lists") == "v1_0_only":
        raise ApiError(1108)
    members = list(lock.people.members.values())
    role = call.query.get("role", "")
    if role and role not in {"admin", "normal"}:
        raise ApiError(1109)
    if role:
        members = [m for m in members if (m.role is Role.NORMAL) is (role == "normal")]
    keyword = call.query.get("keyword", "").lower()
    members = [member for member in members if keyword in member.name.lower()]
    return _page(lock, call, [_typed(lock, member) for member in members])


@ROUTES.on("GET", f"{PEOPLE}/{{user_id}}")
def one(call: Call) -> JsonValue:
    """Return one member."""
    return _plain(call.lock, find(call.lock, call.params["user_id"]))


@ROUTES.on("GET", "/v1.1/devices/{device_id}/users/{user_id}")
def one_typed(call: Call) -> JsonValue:
    """Return one member with the kind and whether it is in effect."""
    return _typed(call.lock, find(call.lock, call.params["user_id"]))


def _fill(member: Member, body: JsonObject) -> None:
    for name in PROFILE:
        if body.get(name) is not None:
            member.profile[name] = as_whole(body[name])
    if body.get("contact") is not None:
        member.contact = text(body["contact"])


@ROUTES.on("POST", "/v1.0/devices/{device_id}/user")
def add(call: Call) -> JsonValue:
    """Add somebody who only exists on the device; the result is the id."""
    required(call.body, "nick_name", "sex")
    lock = call.lock
    length = 6 if len(next(iter(lock.people.members), "")) == 6 else 10
    number = max((m.lock_user_id for m in lock.people.members.values()), default=0) + 1
    member = Member(
        user_id=lock.around.word(length),
        name=text(call.body["nick_name"]),
        lock_user_id=number,
    )
    _fill(member, call.body)
    lock.people.members[member.user_id] = member
    return member.user_id


@ROUTES.on("PUT", f"{PEOPLE}/{{user_id}}")
def update(call: Call) -> JsonValue:
    """Change somebody's name or profile."""
    member = find(call.lock, call.params["user_id"])
    if call.body.get("nick_name"):
        member.name = text(call.body["nick_name"])
    _fill(member, call.body)
    return True


def _remove(lock: Lock, user_id: str) -> None:
    member = find(lock, user_id)
    if member.role is Role.OWNER:
        raise ApiError(2306)
    del lock.people.members[user_id]
    lock.people.methods = [m for m in lock.people.methods if m.user_id != user_id]


@ROUTES.on("DELETE", f"{PEOPLE}/{{user_id}}")
def remove(call: Call) -> JsonValue:
    """Remove a member and their methods."""
    _remove(call.lock, call.params["user_id"])
    return True


@ROUTES.on("POST", f"{SMART}/{{user_ids}}/actions/delete-users-issue")
def remove_several(call: Call) -> JsonValue:
    """Remove members, with delivery to the lock."""
    ids = [part for part in call.params["user_ids"].split(",") if part]
    for user_id in ids:
        find(call.lock, user_id)
    for user_id in ids:
        _remove(call.lock, user_id)
    return True


@ROUTES.on("PUT", f"{SMART}/{{user_id}}/actions/role")
def role(call: Call) -> JsonValue:
    """Make a member an administrator, or not."""
    member = find(call.lock, call.params["user_id"])
    wanted = text(call.body.get("role"))
    if wanted not in {"admin", "normal"}:
        raise ApiError(1109)
    if member.role is Role.OWNER:
        raise ApiError(2306)
    member.role = Role(wanted)
    return True


def _limit(body: JsonObject, spelling: str) -> tuple[JsonObject, str, str]:
    """Return the fields of a time limit, and how start and end are spelled there.

    Raises:
        ApiError: 1100, not in the spelling that is understood.
    """
    wrapped = body.get("schedule")
    if isinstance(wrapped, dict) and spelling in {"any", "wrapped"}:
        return wrapped, "effective_time", "expired_time"
    camel = "effectiveTime" in body or "scheduleDetails" in body
    if spelling == "wrapped" or (spelling == "snake" and camel):
        raise ApiError(1100)
    if spelling == "camel" or (spelling == "any" and camel):
        return body, "effectiveTime", "expiredTime"
    return body, "effective_time", "expired_time"


@ROUTES.on("PUT", f"{SMART}/{{user_id}}/schedule")
def schedule(call: Call) -> JsonValue:
    """Limit a member in time: snake case, camel case, or wrapped in `schedule`."""
    lock = call.lock
    member = find(lock, call.params["user_id"])
    body, first, last = _limit(call.body, lock.switch("member_schedule"))
    if body.get("permanent") is None:
        raise ApiError(1100)
    permanent = as_truth(body["permanent"])
    if not permanent:
        required(body, first, last)
    start, end = as_whole(body.get(first) or 0), as_whole(body.get(last) or 0)
    if not permanent and start >= end:
        raise ApiError(1109)
    details = body.get("schedule_details", body.get("scheduleDetails")) or []
    if not isinstance(details, list):
        raise ApiError(1109)
    member.permanent, member.start, member.end = permanent, start, end
    member.schedule = [entry for entry in details if isinstance(entry, dict)]
    return True


@ROUTES.on("GET", "/v1.0/devices/{device_id}/door-lock/absent-users")
def absent(call: Call) -> JsonValue:
    """List app accounts of the home that have no method on the lock."""
    lock = call.lock
    return [
        {"user_id": member.user_id, "uid": member.uid, "nick_name": member.name}
        for member in lock.people.members.values()
        if member.uid and not lock.people.of(member.user_id)
    ]
