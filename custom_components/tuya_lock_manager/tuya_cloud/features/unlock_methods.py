"""How the members of a lock open it."""

from collections.abc import Collection, Sequence

from ..errors import InvalidRequestError, TuyaCloudError, UnsupportedError
from ..models import DURESS_TYPES, USUAL_TYPES, UnlockMethod, UnlockType, UserType
from ..models.refusals import check_free_name, refuse
from ..models.unlock_method import (
    check_code,
    check_slot,
    check_user_type,
    read_keys,
    unlock_list,
)
from ..route import CallKind, Route, Target
from .base import Feature

_LOCK = "/v1.0/devices/{device_id}/door-lock"
_SMART = "/v1.0/smart-lock/devices/{device_id}"
_OF_USER = f"{_LOCK}/user-types/{{user_type}}/users/{{user_id}}"
_TYPE = "unlock-types/{unlock_type}"

_METHODS = Route("GET", f"{_SMART}/opmodes/{{user_id}}", CallKind.MEMBERS)
_ASSIGNED = Route("GET", f"{_OF_USER}/assigned-keys", CallKind.MEMBERS)
_UNASSIGNED = Route("GET", f"{_LOCK}/unassigned-keys", CallKind.MEMBERS)
_ASSIGN = Route("POST", f"{_LOCK}/opmodes/actions/allocate", CallKind.CHANGE)
_UNASSIGN = Route("POST", f"{_SMART}/opmodes/actions/cancel-allocate", CallKind.CHANGE)
_RENAME = Route("PUT", f"{_LOCK}/opmodes/{{slot}}", CallKind.CHANGE)
_REMOVE = Route("DELETE", f"{_OF_USER}/{_TYPE}/keys/{{slot}}", CallKind.CHANGE)
# On and off are documented under different prefixes and with different spellings of
# the type: `card` here, `unlock_card` there.
_DURESS_ON = Route("PUT", f"{_LOCK}/{_TYPE}/keys/{{slot}}/hijack", CallKind.CHANGE)
_DURESS_OFF = Route("DELETE", f"{_SMART}/{_TYPE}/keys/{{slot}}/hijack", CallKind.CHANGE)

PAGE_SIZE = "50"

# "uri path invalid", which holds for every type of method.
_NO_SUCH_PATH = 1108


class UnlockMethodsFeature(Feature):
    """Unlock methods of a lock."""

    async def list_methods(
        self, device_id: str, user_id: str
    ) -> tuple[UnlockMethod, ...]:
        """Return the methods of a member. The duress alarm is not told here.

        Raises:
            UnsupportedError: the lock has no such list.
            TuyaCloudError: see `errors`.
        """
        entries = await self._all_pages(
            _METHODS.at(device_id=device_id, user_id=user_id),
            "unlock methods",
            {"page_size": PAGE_SIZE},
        )
        return tuple(map(UnlockMethod.from_json, entries))

    async def list_assigned_methods(
        self,
        device_id: str,
        user_type: UserType,
        user_id: str,
        types: Collection[UnlockType] = USUAL_TYPES,
    ) -> tuple[UnlockMethod, ...]:
        """Return the methods of a member, without names, with the duress alarm.

        It takes one call for each type.

        Raises:
            UnsupportedError: the lock has no such list.
            TuyaCloudError: see `errors`.
        """
        target = _ASSIGNED.at(
            device_id=device_id,
            user_type=str(check_user_type(user_type)),
            user_id=user_id,
        )
        return await self._list_keys(target, types)

    async def list_unassigned_methods(
        self, device_id: str, types: Collection[UnlockType] = USUAL_TYPES
    ) -> tuple[UnlockMethod, ...]:
        """Return the methods that wait for an owner.

        It takes one call for each type.

        Raises:
            UnsupportedError: the lock has no such list.
            TuyaCloudError: see `errors`.
        """
        return await self._list_keys(_UNASSIGNED.at(device_id=device_id), types)

    async def assign_methods(
        self, device_id: str, user_id: str, methods: Sequence[UnlockMethod]
    ) -> None:
        """Give methods that wait for an owner to a member.

        Raises:
            InvalidRequestError: no methods, or one without slot; nothing was sent.
            TuyaCloudError: see `errors`.
        """
        await self._change(
            _ASSIGN.at(device_id=device_id),
            {
                "user_id": user_id,
                "unlock_list": unlock_list(methods, code_name="dp_code"),
            },
        )

    async def unassign_methods(
        self, device_id: str, user_id: str, methods: Sequence[UnlockMethod]
    ) -> None:
        """Take methods away from a member; they stay on the lock and go on opening it.

        Raises:
            InvalidRequestError: no methods, or one without slot; nothing was sent.
            TuyaCloudError: see `errors`.
        """
        await self._change(
            _UNASSIGN.at(device_id=device_id),
            {
                "user_id": user_id,
                "unlock_list": unlock_list(methods, code_name="code"),
            },
        )

    async def rename_method(
        self, device_id: str, code: str, slot: int, name: str
    ) -> None:
        """Give a method another name; `code` is that of `UnlockMethod`.

        Raises:
            InvalidRequestError: the name is empty; nothing was sent.
            TuyaCloudError: see `errors`.
        """
        check_free_name(name)
        await self._change(
            _RENAME.at(device_id=device_id, slot=str(check_slot(slot))),
            {"dp_code": check_code(code), "unlock_name": name},
        )

    async def remove_method(
        self, device_id: str, user_type: UserType, user_id: str, type: str, slot: int
    ) -> None:
        """Remove a method of a member from the lock.

        Raises:
            InvalidRequestError: no such type or slot; nothing was sent.
            TuyaCloudError: see `errors`.
        """
        target = _REMOVE.at(
            device_id=device_id,
            user_type=str(check_user_type(user_type)),
            user_id=user_id,
            unlock_type=UnlockType.of(type),
            slot=str(check_slot(slot)),
        )
        await self._change(target)

    async def set_duress(
        self, device_id: str, code: str, slot: int, *, on: bool
    ) -> None:
        """Have a method raise the duress alarm when it opens the lock, or no longer.

        Raises:
            InvalidRequestError: the type can't, or there is no such slot; nothing was
                sent.
            TuyaCloudError: see `errors`.
        """
        unlock_type = UnlockType.of(code)
        if unlock_type not in DURESS_TYPES:
            raise refuse("This type of unlock method raises no duress alarm")
        place = str(check_slot(slot))
        if on:
            target = _DURESS_ON.at(
                device_id=device_id, unlock_type=unlock_type, slot=place
            )
        else:
            target = _DURESS_OFF.at(
                device_id=device_id, unlock_type=unlock_type.code, slot=place
            )
        await self._change(target)

    async def _list_keys(
        self, target: Target, types: Collection[UnlockType]
    ) -> tuple[UnlockMethod, ...]:
        """Return the keys of some types, without those that the lock does not know."""
        found: list[UnlockMethod] = []
        refusals: list[TuyaCloudError] = []
        for unlock_type in types:
            query = {"unlock_type": str(unlock_type)}
            try:
                data = await self._transport.request(target, query=query)
            except (InvalidRequestError, UnsupportedError) as err:
                if err.code == _NO_SUCH_PATH:
                    raise
                refusals.append(err)
            else:
                found.extend(read_keys(data, unlock_type))
        if refusals and len(refusals) == len(types):
            raise refusals[0]
        return tuple(found)
