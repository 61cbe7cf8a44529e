"""People and their unlock methods become models."""

from datetime import UTC, datetime
from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    DeliveryStatus,
    EffectiveFlag,
    InvalidRequestError,
    Member,
    MemberRole,
    MemberWindow,
    UnlockMethod,
    UnlockType,
)

type Json = dict[str, Any]

ANN: Json = {"user_id": "u1"}
NOON = datetime.fromtimestamp(1700000000, UTC)


def test_window() -> None:
    """A limit in time, and how far it has got."""
    schedule = {"start_minute": 0, "end_minute": 1439, "working_day": 127}
    member = Member.from_json(
        ANN
        | {
            "time_schedule_info": {
                "permanent": False,
                "effective_time": 1700000000,
                "expired_time": "1700086400",
                "operate": "ADD",
                "delivery_status": "SUCCESS",
                "schedule_details": [schedule],
            }
        }
    )
    assert member.window == MemberWindow(
        permanent=False,
        start=NOON,
        end=datetime.fromtimestamp(1700086400, UTC),
        operate="ADD",
        delivery=DeliveryStatus.SUCCESS,
        schedule_raw=(schedule,),
    )


@pytest.mark.parametrize(
    ("info", "permanent"),
    [
        ({}, None),
        ({"permanent": True, "effective_time": 0, "expired_time": 0}, True),
        ({"permanent": "1", "delivery_status": ""}, True),
    ],
)
def test_no_limit(info: Json, permanent: bool | None) -> None:
    """Somebody who may always open has no start and no end."""
    member = Member.from_json(ANN | {"time_schedule_info": info})
    assert member.window == MemberWindow(permanent, None, None, "", None, ())
    assert Member.from_json(ANN).window is None


@pytest.mark.parametrize(
    ("user_type", "role"),
    [
        (10, MemberRole.ADMIN),
        ("20", MemberRole.NORMAL),
        (50, MemberRole.OWNER),
        (30, None),
        (40, None),
        (0, None),
        (None, None),
    ],
)
def test_role(user_type: object, role: MemberRole | None) -> None:
    """The role, where the number tells it."""
    assert Member.from_json(ANN | {"user_type": user_type}).role is role


@pytest.mark.parametrize(
    ("flag", "effective"),
    [
        (0, EffectiveFlag.INVALID),
        (1, EffectiveFlag.IN_EFFECT),
        ("2", EffectiveFlag.NOT_YET),
        (3, None),
        (None, None),
    ],
)
def test_effective(flag: object, effective: EffectiveFlag | None) -> None:
    """Whether somebody may open now; an unknown number tells nothing."""
    assert Member.from_json(ANN | {"effective_flag": flag}).effective is effective


def test_contact_is_not_shown() -> None:
    """The contact is there, but in nothing that is printed; the picture is left out."""
    contact = "49-1701234567"
    member = Member.from_json(
        ANN | {"user_contact": contact, "contact": "x", "avatar_url": "https://a.test"}
    )
    assert member.contact == contact
    assert contact not in repr(member)
    assert "a.test" not in repr(member)


@pytest.mark.parametrize(
    "fields",
    [
        {"user_contact": "49-1701234567"},
        {"contact": "49-1701234567"},
        {"user_contact": "", "contact": "49-1701234567"},
    ],
)
def test_contact(fields: Json) -> None:
    """The lists spell it in two ways."""
    assert Member.from_json(ANN | fields).contact == "49-1701234567"


def test_method() -> None:
    """A record of the list of methods."""
    assert UnlockMethod.from_json(
        {
            "user_name": "Ann",
            "user_type": 20,
            "user_id": "u1",
            "unlock_name": "thumb",
            "dp_code": "unlock_fingerprint",
            "unlock_sn": "2",
            "unlock_attr": 1,
            "phase": 2,
            "operate": "MODIFY",
            "delivery_status": "ONGOING",
            "allocate_flag": 0,
            "op_mode_id": 47958,
        }
    ) == UnlockMethod(
        code="unlock_fingerprint",
        slot=2,
        name="thumb",
        special=True,
        duress=None,
        op_mode_id="47958",
        phase=2,
        operate="MODIFY",
        delivery=DeliveryStatus.ONGOING,
        allocated=True,
        user_id="u1",
        user_name="Ann",
    )


@pytest.mark.parametrize(
    ("flag", "allocated"), [(1, False), (0, True), (2, True), (None, None)]
)
def test_allocated(flag: int | None, allocated: bool | None) -> None:
    """A method that never had an owner is marked."""
    method = UnlockMethod.from_json({"allocate_flag": flag})
    assert method.allocated is allocated


@pytest.mark.parametrize(
    ("key", "method"),
    [
        (
            {"unlock_no": 3, "unlock_type": "card", "hijack": True},
            UnlockMethod("unlock_card", 3, duress=True),
        ),
        (
            {"unlock_no": "0", "unlock_type": "unlock_face", "hijack": 0},
            UnlockMethod("unlock_face", 0, duress=False),
        ),
        ({"unlock_type": "remoteControl"}, UnlockMethod("unlock_remoteControl", None)),
        ({}, UnlockMethod("unlock_hand", None)),
    ],
)
def test_key(key: Json, method: UnlockMethod) -> None:
    """A key, whose type is spelled otherwise."""
    assert UnlockMethod.from_json(key, code="unlock_hand") == method


@pytest.mark.parametrize("unlock_type", UnlockType)
def test_spellings(unlock_type: UnlockType) -> None:
    """A type is known in each of its spellings."""
    code = unlock_type.code
    assert code == f"unlock_{unlock_type.value}"
    for spelling in (unlock_type.value, code, f"{code}_kit"):
        assert UnlockType.of(spelling) is unlock_type


@pytest.mark.parametrize("code", ["", "unlock_", "unlock_temporary", "CARD", "_kit"])
def test_no_type(code: str) -> None:
    """What is no type is refused."""
    with pytest.raises(InvalidRequestError):
        UnlockType.of(code)
