"""Whatever the cloud answers, only one kind of error comes of it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
import re

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    DataPoint,
    Device,
    DynamicPassword,
    JsonValue,
    LockRecord,
    MalformedResponseError,
    Member,
    MemberWindow,
    OfflineListing,
    OfflinePassword,
    OnlinePassword,
    RecordPage,
    RemoteUnlock,
    Specification,
    TemplatePassword,
    UnlockMethod,
    UnlockType,
    models,
)
from custom_components.tuya_lock_manager.tuya_cloud.json import dump_json, parse_json
from custom_components.tuya_lock_manager.tuya_cloud.models.envelope import (
    Refusal,
    read_envelope,
    read_time,
)
from custom_components.tuya_lock_manager.tuya_cloud.models.ticket import Ticket
from custom_components.tuya_lock_manager.tuya_cloud.models.token import TokenGrant
from custom_components.tuya_lock_manager.tuya_cloud.models.unlock_method import (
    read_keys,
)

from .fake_cloud import UNHURRIED

type Read = Callable[[JsonValue], object]

READERS: dict[str, Read] = {
    "data point": DataPoint.from_json,
    "device": Device.from_json,
    "dynamic": lambda data: DynamicPassword.from_json(data, now=datetime.now(UTC)),
    "envelope": lambda data: read_time(read_envelope(data)),
    "refusal": Refusal.from_json,
    "record": LockRecord.from_json,
    "member": Member.from_json,
    "offline listing": OfflineListing.from_json,
    "offline password": OfflinePassword.from_json,
    "online password": OnlinePassword.from_json,
    "page": RecordPage.from_json,
    "remote unlock": RemoteUnlock.from_json,
    "specification": Specification.from_json,
    "ticket": Ticket.from_json,
    "token": TokenGrant.from_json,
    "keys": lambda data: read_keys(data, UnlockType.CARD),
    "member's window": MemberWindow.from_json,
    "method": UnlockMethod.from_json,
    "template password": TemplatePassword.from_json,
}

# Every field that a model reads, taken from the models themselves.
FIELDS = sorted(
    {
        name
        for source in Path(models.__file__).parent.glob("*.py")
        for name in re.findall(r'"([a-zA-Z_]+)"', source.read_text())
    }
)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, 1, 10**12, 1700000000, 1700000000000, 10**400])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(
        ["", "1", "-1", "1700000000", "{}", "[", "9" * 5000, "²", "alarm"]
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=8)
    ),
    max_leaves=25,
)


@pytest.mark.parametrize("name", READERS)
@UNHURRIED
@given(data=JSON)
def test_any_json(name: str, data: JsonValue) -> None:
    """Any JSON is read or refused as malformed, never with another error."""
    with suppress(MalformedResponseError):
        READERS[name](data)


@UNHURRIED
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes(raw: bytes | str) -> None:
    """Any bytes are read or refused as malformed."""
    with suppress(MalformedResponseError):
        parse_json(raw)


@UNHURRIED
@given(JSON)
def test_round_trip(data: JsonValue) -> None:
    """What is written can be read again."""
    assert parse_json(dump_json(data)) == data


def test_fields_are_found() -> None:
    """The search for field names works, or the tests above would be worth little."""
    assert {"effective_time", "unlock_detail", "dps", "unlock_keys"} < set(FIELDS)


def test_compact() -> None:
    """Nothing is sent that says nothing."""
    assert dump_json({"a": [1, "ü"], "b": None}) == '{"a":[1,"ü"],"b":null}'.encode()


# What the documentation shows of an entry, and what each field may be instead.
USUAL = {
    "id": st.integers(0, 10**12),
    "name": st.text(max_size=5),
    "phase": st.integers(-1, 20),
    "delivery_status": st.integers(0, 8),
    "effective_time": st.integers(-1, 3 * 10**11),
    "invalid_time": st.integers(-1, 3 * 10**11),
    "type": st.integers(-1, 2),
    "sn": st.integers(-1, 1000),
    "time_zone": st.sampled_from(["", "Europe/Berlin"]),
}


@UNHURRIED
@given(
    st.fixed_dictionaries({key: usual | SCALARS for key, usual in USUAL.items()}),
    st.sets(st.sampled_from(sorted(USUAL)), max_size=1),
)
def test_usual_entries(entry: dict[str, JsonValue], missing: set[str]) -> None:
    """An entry is read at once or field by field, with the same outcome."""
    entry = {key: value for key, value in entry.items() if key not in missing}

    def read(data: JsonValue) -> OnlinePassword | None:
        try:
            return OnlinePassword.from_json(data)
        except MalformedResponseError:
            return None

    # An entry with a schedule, be it an empty one, is read field by field.
    assert read(entry) == read({**entry, "schedule_list": []})
