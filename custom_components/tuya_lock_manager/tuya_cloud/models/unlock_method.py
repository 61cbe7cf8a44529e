"""Fingerprints, cards, faces and passwords that belong to members."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Self

from ..json import JsonValue
from .delivery import DeliveryStatus, read_delivery
from .reader import Reader, listed
from .refusals import check_digits, refuse

_PREFIX = "unlock_"
_KEYPAD_SUFFIX = "_kit"


class UserType(IntEnum):
    """The two kinds of members that paths about unlock methods tell apart."""

    ACCOUNT = 1
    DEVICE = 2


class UnlockType(StrEnum):
    """What a method is; the spelling is that of `unlock_type`."""

    FINGERPRINT = "fingerprint"
    PASSWORD = "password"
    CARD = "card"
    FACE = "face"
    HAND = "hand"
    FINGER_VEIN = "finger_vein"

    @classmethod
    def of(cls, code: str) -> Self:
        """Return the type of `card`, `unlock_card` or a keypad's `unlock_card_kit`.

        Raises:
            InvalidRequestError: no such type is known.
        """
        short = code.removeprefix(_PREFIX).removesuffix(_KEYPAD_SUFFIX)
        if short not in cls:
            raise refuse("There is no such type of unlock method")
        return cls(short)

    @property
    def code(self) -> str:
        """The spelling of `dp_code`."""
        return f"{_PREFIX}{self}"


# What is asked for one by one where the cloud lists one type at a time.
USUAL_TYPES = (
    UnlockType.FINGERPRINT,
    UnlockType.PASSWORD,
    UnlockType.CARD,
    UnlockType.FACE,
)

# The types that the documents name for the duress alarm.
DURESS_TYPES = frozenset({UnlockType.FINGERPRINT, UnlockType.PASSWORD, UnlockType.CARD})


@dataclass(frozen=True, slots=True)
class UnlockMethod:
    """A fingerprint, card, face or password on the lock.

    `special` is `unlock_attr`, a mark for duress or for notifications; `duress` is the
    duress alarm itself, which only the lists of keys tell. `phase` is Tuya's number.
    `allocated` is False for a method that never had an owner. What a list does not tell
    is None, or empty.
    """

    code: str
    slot: int | None
    name: str = ""
    special: bool | None = None
    duress: bool | None = None
    op_mode_id: str | None = None
    phase: int | None = None
    operate: str = ""
    delivery: DeliveryStatus | None = None
    allocated: bool | None = None
    user_id: str | None = None
    user_name: str = ""

    @classmethod
    def from_json(cls, data: JsonValue, *, code: str = "") -> Self:
        """Read a method of a member, or a key; `code` is that of the group it is in.

        Raises:
            MalformedResponseError: no object, or a wrong type.
        """
        fields = Reader(data, "unlock method")
        attribute = fields.number("unlock_attr")
        never_allocated = fields.number("allocate_flag")
        return cls(
            code=fields.text("dp_code") or _as_code(fields.text("unlock_type")) or code,
            slot=fields.number("unlock_sn", "unlock_no"),
            name=fields.text("unlock_name"),
            special=None if attribute is None else attribute == 1,
            duress=fields.flag("hijack"),
            op_mode_id=fields.optional_text("op_mode_id"),
            phase=fields.number("phase"),
            operate=fields.text("operate"),
            delivery=read_delivery(fields.value("delivery_status")),
            allocated=None if never_allocated is None else never_allocated != 1,
            user_id=fields.optional_text("user_id"),
            user_name=fields.text("user_name"),
        )


def read_keys(data: JsonValue, unlock_type: UnlockType) -> tuple[UnlockMethod, ...]:
    """Read the keys of one type, as the lists of assigned and unassigned keys show them.

    Raises:
        MalformedResponseError: no list, or a wrong type.
    """
    return tuple(
        UnlockMethod.from_json(entry, code=unlock_type.code)
        for entry in listed(data, "keys", "unlock_keys")
    )


def _as_code(unlock_type: str) -> str:
    if not unlock_type or unlock_type.startswith(_PREFIX):
        return unlock_type
    return f"{_PREFIX}{unlock_type}"


def unlock_list(methods: Sequence[UnlockMethod], *, code_name: str) -> list[JsonValue]:
    """Return methods as requests list them; what the code is called differs.

    Raises:
        InvalidRequestError: none at all, or one without code or slot.
    """
    if not methods:
        raise refuse("There is no unlock method")
    return [
        {code_name: check_code(method.code), "unlock_sn": check_slot(method.slot)}
        for method in methods
    ]


def check_code(code: str) -> str:
    """Return the code of a method, in the spelling of `dp_code`.

    Raises:
        InvalidRequestError: there is none.
    """
    if not code:
        raise refuse("The unlock method has no code")
    return _as_code(code)


def check_slot(slot: object) -> int:
    """Return the number of a place on the lock.

    Raises:
        InvalidRequestError: it is none.
    """
    if not isinstance(slot, int) or isinstance(slot, bool) or slot < 0:
        raise refuse("The unlock method has no slot")
    return slot


def check_user_type(user_type: int) -> int:
    """Return the number for one of the two kinds of members.

    Raises:
        InvalidRequestError: it is neither.
    """
    if user_type not in UserType:
        raise refuse("There is no such type of member")
    return int(user_type)


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """An unlock method to be enrolled for a member.

    Only a password takes digits, and `digits_length`: how many the lock takes. What
    else there is, a person presents at the lock within about a minute.
    """

    user_type: UserType
    user_id: str
    type: UnlockType
    digits: str | None = field(default=None, repr=False)
    digits_length: int | None = None

    def __post_init__(self) -> None:
        """Refuse what Tuya would refuse.

        Raises:
            InvalidRequestError: no such type, no member, a password without digits or
                with a wrong number of them, digits where none belong.
        """
        check_user_type(self.user_type)
        if not self.user_id:
            raise refuse("The unlock method needs a member")
        if self.type not in UnlockType:
            raise refuse("There is no such type of unlock method")
        if self.type == UnlockType.PASSWORD:
            if self.digits_length is None:
                raise refuse(
                    "A password needs the number of digits that the lock takes"
                )
            check_digits(self.digits, self.digits_length)
        elif self.digits is not None:
            raise refuse("Only a password has digits")

    def to_json(self) -> dict[str, JsonValue]:
        """Return the body, without what is encrypted."""
        return {
            "unlock_type": str(self.type),
            "user_type": int(self.user_type),
            "user_id": self.user_id,
        }
