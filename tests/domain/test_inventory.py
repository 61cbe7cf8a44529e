"""All codes of a lock in one view."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.families import LockFamily
from custom_components.tuya_lock_manager.domain.inventory import LIST_LAG, inventory
from custom_components.tuya_lock_manager.domain.passwords import (
    ChangeState,
    Password,
    PasswordStatus,
    PasswordType,
)
from custom_components.tuya_lock_manager.tuya_cloud.models import (
    DeliveryStatus,
    OfflineType,
)

from .builders import DAY, HOUR, MINUTE, NOW, SECOND, issued, listing, online, record
from .views import only, view

S = PasswordStatus
T = PasswordType


def custom(**fields: Any) -> Any:
    """Return what is remembered of an online code made just now."""
    return issued(
        **{
            "id": "1001",
            "type": T.CUSTOM,
            "name": "Cleaner",
            "end": NOW + HOUR,
            "issued_at": NOW,
            "use_by": None,
            **fields,
        }
    )


def test_an_empty_lock() -> None:
    assert view() == ()
    assert view(listed_offline=[], issued=[], records=[record()]) == ()


class TestOnline:
    """What the list of online codes tells."""

    def test_of_a_code_made_elsewhere(self) -> None:
        assert only(online=[online(slot=3)]) == Password(
            id="1001",
            type=T.CUSTOM,
            name="Cleaner",
            status=S.ACTIVE,
            start=NOW - HOUR,
            end=NOW + HOUR,
            slot=3,
        )

    def test_of_a_code_made_here(self) -> None:
        code = only(online=[online(phase=1)], issued=[custom()])
        assert code.status is S.PENDING
        assert code.made_here

    def test_names_come_from_the_cloud_first(self) -> None:
        assert only(online=[online(name="")], issued=[custom()]).name == "Cleaner"
        assert only(online=[online(name="New")], issued=[custom()]).name == "New"
        assert only(online=[online(name="")]).name == ""

    def test_its_age_is_known_if_made_here(self) -> None:
        waiting = online(phase=12, start=NOW - DAY)
        assert only(online=[waiting]).status is S.UNCONFIRMED
        assert only(online=[waiting], issued=[custom()]).status is S.PENDING

    def test_of_a_failure(self) -> None:
        refused = online(phase=1, delivery=DeliveryStatus.FULL)
        code = only(online=[refused], family=LockFamily.ZIGBEE)
        assert (code.status, code.failure) == (S.FAILED, DeliveryStatus.FULL)

    def test_of_a_change(self) -> None:
        assert only(online=[online(phase=14)]).change is ChangeState.PENDING

    @pytest.mark.parametrize(
        ("listed", "ours", "expected"),
        [
            (True, False, True),
            (None, True, True),
            (None, False, False),
            (False, False, False),
        ],
    )
    def test_how_often_it_opens(
        self, listed: bool | None, ours: bool, expected: bool
    ) -> None:
        code = only(online=[online(one_time=listed)], issued=[custom(one_time=ours)])
        assert code.one_time is expected

    def test_a_used_code_that_works_once(self) -> None:
        opened = record(value="1001")
        once, often = online(one_time=True), online()
        assert only(online=[once], records=[opened]).status is S.USED
        assert only(online=[often], records=[opened]).status is S.ACTIVE
        assert only(online=[once]).status is S.ACTIVE
        remembered = custom(used_at=NOW - MINUTE)
        assert only(online=[once], issued=[remembered]).status is S.USED
        assert only(online=[often], issued=[remembered]).status is S.ACTIVE

    def test_the_family_reads_the_numbers(self) -> None:
        assert only(online=[online(phase=3)]).status is S.REMOVING
        frozen = only(online=[online(phase=3)], family=LockFamily.ZIGBEE)
        assert frozen.status is S.FROZEN

    def test_a_removal_of_ours(self) -> None:
        asked = custom(removal_requested_at=NOW)
        assert only(online=[online()], issued=[asked]).status is S.REMOVING


class TestUnlisted:
    """An online code of ours that the list doesn't show."""

    def test_the_list_lags(self) -> None:
        assert LIST_LAG == MINUTE
        almost = NOW + LIST_LAG - SECOND
        assert only(issued=[custom()]).status is S.PENDING
        assert only(issued=[custom()], now=almost).status is S.PENDING

    def test_then_nobody_knows(self) -> None:
        code = only(issued=[custom()], now=NOW + LIST_LAG)
        assert code.status is S.UNCONFIRMED
        assert code.made_here
        assert only(issued=[custom()], now=NOW + HOUR).status is S.EXPIRED

    def test_a_removal_is_not_confirmed_by_a_missing_record(self) -> None:
        asked = custom(removal_requested_at=NOW)
        assert only(issued=[asked]).status is S.REMOVING
        assert only(issued=[asked], now=NOW + HOUR - SECOND).status is S.REMOVING
        assert only(issued=[asked], now=NOW + HOUR).status is S.REMOVED


class TestOffline:
    """Offline codes, listed or not."""

    def test_listed_only(self) -> None:
        assert only(listed_offline=[listing()]) == Password(
            id="697",
            type=T.TIME_LIMITED,
            name="Guest",
            status=S.ACTIVE,
            start=NOW - HOUR,
            end=NOW + 2 * DAY,
        )

    def test_remembered_only(self) -> None:
        expected = Password(
            id="697",
            type=T.TIME_LIMITED,
            name="Guest",
            status=S.ACTIVE,
            start=NOW - HOUR,
            end=NOW + 2 * DAY,
            use_by=NOW - HOUR + DAY,
            issued_at=NOW - HOUR,
            created_at=NOW - HOUR,
        )
        assert only(issued=[issued()]) == expected
        assert only(issued=[issued()], listed_offline=[]) == expected

    def test_both_are_one(self) -> None:
        renamed = listing(name="Guest of room 4", end=NOW + 3 * DAY)
        code = only(issued=[issued()], listed_offline=[renamed])
        assert code.name == "Guest of room 4"
        assert code.end == NOW + 3 * DAY
        assert code.use_by == NOW - HOUR + DAY
        assert code.made_here

    @pytest.mark.parametrize(
        ("listed", "type_"),
        [
            (OfflineType.MULTIPLE, T.TIME_LIMITED),
            (OfflineType.ONCE, T.ONE_TIME),
            (OfflineType.CLEAR_ONE, T.CLEAR_ONE),
            (OfflineType.CLEAR_ALL, T.CLEAR_ALL),
            (None, T.TIME_LIMITED),
        ],
    )
    def test_types(self, listed: OfflineType | None, type_: PasswordType) -> None:
        code = only(listed_offline=[listing(type=listed)])
        assert code.type is type_
        assert code.one_time is (type_ is not T.TIME_LIMITED)

    def test_a_type_that_we_remember(self) -> None:
        code = only(
            listed_offline=[listing(type=None)], issued=[issued(type=T.ONE_TIME)]
        )
        assert code.type is T.ONE_TIME
        for spent_by_use in (T.ONE_TIME, T.CLEAR_ONE, T.CLEAR_ALL):
            assert only(issued=[issued(type=spent_by_use)]).one_time

    @pytest.mark.parametrize(
        ("start", "end"), [(None, NOW), (NOW, None), (None, None), (NOW, NOW)]
    )
    def test_without_a_window_nothing_is_known(
        self, start: datetime | None, end: datetime | None
    ) -> None:
        nowhen = listing(start=start, end=end, name="")
        assert only(listed_offline=[nowhen]).status is S.UNKNOWN
        ours = only(
            listed_offline=[replace(nowhen, start=None, end=None)], issued=[issued()]
        )
        assert (ours.status, ours.end, ours.name) == (S.ACTIVE, NOW + 2 * DAY, "Guest")

    def test_the_lists_own_status(self) -> None:
        assert only(listed_offline=[listing(status=3)]).status is S.UNKNOWN
        assert only(listed_offline=[listing(status=2)]).status is S.ACTIVE

    def test_a_dynamic_code(self) -> None:
        code = issued(
            id="d1", type=T.DYNAMIC, start=NOW, end=NOW + 5 * MINUTE, use_by=None
        )
        assert only(issued=[code]).status is S.ACTIVE
        # Documented are five minutes, or ten.
        assert only(issued=[code], now=NOW + 5 * MINUTE).status is S.UNCONFIRMED
        assert only(issued=[code], now=NOW + 10 * MINUTE).status is S.EXPIRED


def test_ids_online_and_offline_do_not_collide() -> None:
    codes = view(
        online=[online(id="697")], listed_offline=[listing()], issued=[issued()]
    )
    assert [(code.id, code.type) for code in codes] == [
        ("697", T.CUSTOM),
        ("697", T.TIME_LIMITED),
    ]


def test_what_a_list_shows_twice_is_one() -> None:
    assert only(online=[online(phase=1), online(phase=2)]).status is S.ACTIVE
    assert only(listed_offline=[listing(), listing()]).id == "697"


def test_sorted_by_start() -> None:
    codes = view(
        online=[
            online(id="2", name="b", start=NOW),
            online(id="3", name="a", start=NOW),
            online(id="1", start=NOW + MINUTE),
        ],
        listed_offline=[
            listing(id="9", start=NOW - DAY),
            listing(id="8", start=None),
        ],
    )
    assert [code.id for code in codes] == ["8", "9", "3", "2", "1"]


@given(
    online_ids=st.lists(st.sampled_from("1234")),
    listed_ids=st.lists(st.sampled_from("1234")),
    issued_ids=st.lists(st.tuples(st.sampled_from("1234"), st.sampled_from(T))),
    values=st.lists(st.sampled_from(["1", "2", "903", "AAAAAwAA", "?"])),
    codes=st.sampled_from(
        ["unlock_temporary", "unlock_offline_pd", "unlock_offline_clear"]
    ),
    family=st.sampled_from(LockFamily),
    later=st.timedeltas(-DAY, 9 * DAY),
)
def test_nothing_is_lost_and_nothing_doubled(
    online_ids: list[str],
    listed_ids: list[str],
    issued_ids: list[tuple[str, PasswordType]],
    values: list[str],
    codes: str,
    family: LockFamily,
    later: timedelta,
) -> None:
    found = inventory(
        online=[online(id=id_) for id_ in online_ids],
        listed_offline=[listing(id=id_) for id_ in listed_ids],
        issued=[issued(id=id_, type=type_) for id_, type_ in issued_ids],
        records=[record(code=codes, value=value) for value in values],
        family=family,
        now=NOW + later,
    )
    expected = (
        {(True, id_) for id_ in online_ids}
        | {(False, id_) for id_ in listed_ids}
        | {(type_ is T.CUSTOM, id_) for id_, type_ in issued_ids}
    )
    assert sorted(code.key for code in found) == sorted(expected)


class TestDismissed:
    """Codes that had ended and were taken off the list."""

    def test_one_made_elsewhere_stays_so(self) -> None:
        """It is remembered from then on, and still not called ours if it comes back."""
        ours = issued(made_elsewhere=True, dismissed=S.USED, use_by=None)
        code = only(listed_offline=[listing()], issued=[ours])
        assert (code.dismissed, code.made_here, code.use_by) == (True, False, None)
        assert (code.status, code.is_hidden) == (S.ACTIVE, False)

    def test_one_that_no_list_shows(self) -> None:
        """Its window may go on, but the lock had confirmed that it was gone."""
        code = only(issued=[custom(dismissed=S.REMOVED, slot=3, issued_at=NOW - DAY)])
        assert (code.status, code.slot, code.is_hidden) == (S.REMOVED, 3, True)
