"""The people of a lock and how they open it."""

from dataclasses import dataclass
from typing import Self

from ..json import JsonValue
from .reader import Reader


@dataclass(frozen=True, slots=True)
class UnlockMethod:
    """A fingerprint, card, face or password on the lock. `special` marks duress."""

    code: str
    slot: int | None
    name: str
    special: bool | None

    @classmethod
    def from_json(cls, data: JsonValue, *, code: str = "") -> Self:
        """Read a method; `code` is that of the group it is listed in.

        Raises:
            MalformedResponseError: no object, or a wrong type.
        """
        fields = Reader.of(data, "unlock method")
        attribute = fields.number("unlock_attr")
        return cls(
            code=fields.text("dp_code") or code,
            slot=fields.number("unlock_sn"),
            name=fields.text("unlock_name"),
            special=None if attribute is None else attribute == 1,
        )


def _read_methods(data: JsonValue) -> tuple[UnlockMethod, ...]:
    group = Reader.of(data, "unlock methods")
    code = group.text("dp_code")
    return tuple(
        UnlockMethod.from_json(entry, code=code) for entry in group.items("unlock_list")
    )


@dataclass(frozen=True, slots=True)
class Member:
    """A person who may open the lock.

    `uid` is the app account, if there is one. `user_type` is Tuya's number: 10
    administrator, 20 ordinary, 30 without name, 40 shared, 50 owner. `effective` is 0
    invalid, 1 in effect, 2 not yet.
    """

    user_id: str
    uid: str | None
    name: str
    user_type: int | None
    effective: int | None
    methods: tuple[UnlockMethod, ...]

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read an entry of any of the member lists.

        Raises:
            MalformedResponseError: no object, no user id, or a wrong type.
        """
        fields = Reader.of(data, "member")
        return cls(
            user_id=fields.required_text("user_id"),
            uid=fields.optional_text("uid"),
            name=fields.text("nick_name"),
            user_type=fields.number("user_type"),
            effective=fields.number("effective_flag"),
            methods=tuple(
                method
                for group in fields.items("unlock_detail")
                for method in _read_methods(group)
            ),
        )
