"""Family and panel members."""

from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.members import (
    MemberCounts,
    count_members,
    is_family,
)
from custom_components.tuya_lock_manager.tuya_cloud.models import Member

from .builders import member

people = st.lists(
    st.builds(
        member,
        st.sampled_from(["a", "b", "c", "d"]),
        uid=st.none() | st.just("ay1"),
        user_type=st.none() | st.sampled_from([0, 10, 20, 30, 40, 50]),
    )
)


@pytest.mark.parametrize(
    ("fields", "family"),
    [
        ({"uid": "ay1"}, True),
        ({"uid": "ay1", "user_type": 30}, True),
        ({"uid": "ay1", "user_type": 10}, True),
        ({"user_type": 50}, True),
        ({"user_type": 51}, True),
        ({"user_type": 49}, False),
        ({"user_type": 40}, False),
        ({"user_type": 20}, False),
        ({"user_type": 10}, False),
        ({"user_type": 0}, False),
        ({"uid": ""}, False),
        ({}, False),
    ],
)
def test_an_app_account_makes_family(fields: dict[str, Any], family: bool) -> None:
    assert is_family(member(**fields)) is family


def test_counts() -> None:
    rich = [
        member("a", uid="ay1"),
        member("b", user_type=50),
        member("c", user_type=20),
    ]
    assert count_members(rich, None) == MemberCounts(family=2, panel=1)
    assert count_members(rich, []) == MemberCounts(family=2, panel=1)
    assert count_members(rich, [member("d")]) == MemberCounts(family=2, panel=2)


def test_nobody_is_counted_twice_and_the_rich_list_wins() -> None:
    rich = [member("a", uid="ay1"), member("a", uid="ay1"), member("c")]
    panel = [member("a"), member("c"), member("c")]
    assert count_members(rich, panel) == MemberCounts(family=1, panel=1)


def test_no_answer_is_not_zero() -> None:
    assert count_members(None, None) == MemberCounts(None, None)
    assert count_members(None, [member("a")]) == MemberCounts(family=None, panel=1)
    assert count_members(None, []) == MemberCounts(family=None, panel=0)
    assert count_members([], None) == MemberCounts(family=0, panel=0)


class TestWithoutAccounts:
    """The rich list shows no account, and numbers that mean this or that."""

    RICH = (
        member("owner", user_type=50),
        member("admin", user_type=10),
        member("ordinary", user_type=20),
        member("nobody", user_type=30),
    )

    def test_who_is_on_the_lock_alone_is_in_the_other_list(self) -> None:
        home = count_members(self.RICH, [member("nobody")])
        assert home == MemberCounts(family=3, panel=1)
        lock = count_members(self.RICH, self.RICH[1:])
        assert lock == MemberCounts(family=1, panel=3)

    def test_without_the_other_list_the_number_decides(self) -> None:
        assert count_members(self.RICH, None) == MemberCounts(family=1, panel=3)

    def test_one_account_shows_that_accounts_are_shown(self) -> None:
        rich = [*self.RICH, member("guest", uid="ay1", user_type=20)]
        assert count_members(rich, []) == MemberCounts(family=2, panel=3)


@given(people, people)
def test_everybody_is_counted_once(rich: list[Member], panel: list[Member]) -> None:
    counted = count_members(rich, panel)
    assert counted.family is not None
    assert counted.panel is not None
    assert counted.family + counted.panel == len(
        {one.user_id for one in (*rich, *panel)}
    )
    assert min(counted.family, counted.panel) >= 0
