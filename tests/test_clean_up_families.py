"""A clean-up at every step of the walk: no door notices any of them."""

from typing import override

import pytest

from simulator.locks.lock import Lock
from tests.acting import LOCKS
from tests.simulated import Home
from tests.walking import Made, Walk, async_walk, would_open

# Invalid codes that are kept nevertheless, with the reason.
KEPT = {"failed", "used_in_window", "change_unconfirmed"}

SWITCHES = (
    ("phase_numbering", "combined"),
    ("phase_numbering", "combined_waiting"),
    ("combined_delete", "done_18"),
    ("sn_before_delivery", "minus_one"),
    ("delivery_status_form", "words"),
    ("unconfirmed_codes", "dropped"),
    ("same_name_and_window", "vanish"),
    ("expired_delete", "accepted"),
    ("record_of_live", "removed"),
    ("record_removal", "keeps_delete"),
    ("list_lag", "20"),
    ("list_lag", "90"),
    ("delivery_seconds", "60"),
    ("gateway_queue", "1"),
    ("clock_drift", "45"),
    ("first_use_from", "generation"),
    ("clear_unused", "ignored_by_lock"),
    ("clear_report", "silent"),
    ("offline_list", "absent"),
    ("offline_list_shape", "array"),
    ("offline_status", "usage"),
    ("dynamic_minutes", "10"),
)


def waiting(lock: Lock) -> list[int]:
    """Return the ids of the codes whose orders wait for a lock, ended ones left out."""
    live = lock.book.live
    return [
        order.password_id
        for order in lock.orders
        if order.password_id not in live or live[order.password_id].end > lock.now
    ]


class CleaningWalk(Walk):
    """A walk on which somebody cleans up after every step."""

    removed = 0

    @override
    async def async_audit(self, after: str) -> None:
        """Clean up after checking, and check that the doors are as they were."""
        await super().async_audit(after)
        before = [(self._opens(made), made) for made in self.made]
        orders = [waiting(lock) for lock in self.locks.values()]
        stored = [set(lock.codes) for lock in self.locks.values()]

        answers = await self.async_act("clean_up_passwords", "clean up")

        assert [(self._opens(made), made) for made in self.made] == before, after
        assert [waiting(lock) for lock in self.locks.values()] == orders, after
        assert [set(lock.codes) for lock in self.locks.values()] == stored, after
        for answer in answers.values():
            assert not answer["failed"]
            assert not answer["not_done"]
            assert isinstance(answer["removed"], list)
            self.removed += len(answer["removed"])
        await self._async_check_lists(answers)
        await super().async_audit(f"{after}, and a clean-up")

    def _opens(self, made: Made) -> bool:
        return would_open(self.locks[made.lock], made.digits)

    async def _async_check_lists(self, answers: dict[str, dict[str, object]]) -> None:
        listed = await self.async_act("list_passwords", "list", states="invalid")
        for lock, answer in answers.items():
            kept = answer["kept"]
            assert isinstance(kept, list)
            expected = {code["id"] for code in kept if code["reason"] in KEPT}
            invalid = listed[lock]["passwords"]
            assert isinstance(invalid, list)
            assert {code["id"] for code in invalid} == expected, lock


async def async_walk_cleaning(home: Home) -> CleaningWalk:
    """Walk through a home, cleaning up."""
    await home.async_setup()
    walk = CleaningWalk(home, {lock: home.lock(lock) for lock in LOCKS})
    await async_walk(walk)
    return walk


async def test_a_walk_with_clean_ups(home: Home) -> None:
    """In the end nothing is left on any list, here and in the cloud's book."""
    walk = await async_walk_cleaning(home)
    assert walk.removed >= len(walk.made)
    for lock in walk.locks.values():
        assert not lock.book.live
    sent = {
        (request.method, request.path.rpartition("/")[2])
        for request in home.world.requests.entries
        if request.method == "DELETE"
    }
    assert ("DELETE", "record") in sent
    assert not any(
        "rest" in request.path.rpartition("/")[2].split("-") or "reset" in request.path
        for request in home.world.requests.entries
    )


@pytest.mark.parametrize(("name", "value"), SWITCHES)
async def test_each_switch(home: Home, name: str, value: str) -> None:
    """Whatever the cloud and the locks do, a clean-up shuts no door and opens none."""
    if name == "combined_delete":
        home.world.around.switches.set("phase_numbering", "combined")
    home.world.around.switches.set(name, value)
    await async_walk_cleaning(home)
