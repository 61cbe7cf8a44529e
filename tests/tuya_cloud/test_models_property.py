"""Whatever the cloud answers, only one kind of error comes of it."""

from collections.abc import Callable
from datetime import UTC, datetime

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    DataPoint,
    Device,
    DynamicPassword,
    JsonValue,
    LockRecord,
    MalformedResponseError,
    Member,
    OfflineListing,
    OfflinePassword,
    OnlinePassword,
    RecordPage,
    RemoteUnlock,
    Specification,
    UnlockMethod,
)
from custom_components.tuya_lock_manager.tuya_cloud.json import dump_json, parse_json
from custom_components.tuya_lock_manager.tuya_cloud.models.envelope import Envelope
from custom_components.tuya_lock_manager.tuya_cloud.models.ticket import Ticket
from custom_components.tuya_lock_manager.tuya_cloud.models.token import TokenGrant

type Read = Callable[[JsonValue], object]

READERS: dict[str, Read] = {
    "data point": DataPoint.from_json,
    "device": Device.from_json,
    "dynamic": lambda data: DynamicPassword.from_json(data, now=datetime.now(UTC)),
    "envelope": Envelope.from_json,
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
    "method": UnlockMethod.from_json,
}

FIELDS = sorted(
    set(
        """id name category product_id model online sub uuid owner_id gateway_id time_zone
        active_time update_time status code value functions values dp_id type phase sn
        delivery_status effective_time invalid_time schedule_list pwd_id pwd_type_code
        gmt_start gmt_expired has_clear_pwd offline_temp_password_id dynamic_password
        offline_temp_password records logs total has_more unread_count record_id
        record_type gmt_create dps user_id uid nick_name user_type effective_flag
        unlock_detail unlock_list unlock_sn unlock_attr dp_code remote_unlock_type open
        ticket_id ticket_key access_token expire_time success msg tid t result""".split()
    )
)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, 1, 10**12, 1700000000, 1700000000000, 10**400])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["", "1", "-1", "1700000000", "{}", "[", "9" * 5000, "²", "alarm"])
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
@settings(max_examples=150, deadline=None)
@given(data=JSON)
def test_any_json(name: str, data: JsonValue) -> None:
    """Any JSON is read or refused as malformed, never with another error."""
    try:
        READERS[name](data)
    except MalformedResponseError as err:
        assert err.code is None


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes(raw: bytes | str) -> None:
    """Any bytes are read or refused as malformed."""
    try:
        parse_json(raw)
    except MalformedResponseError as err:
        assert err.__suppress_context__


@given(JSON)
def test_round_trip(data: JsonValue) -> None:
    """What is written can be read again."""
    assert parse_json(dump_json(data)) == data


def test_compact() -> None:
    """Nothing is sent that says nothing."""
    assert dump_json({"a": [1, "ü"], "b": None}) == '{"a":[1,"ü"],"b":null}'.encode()
