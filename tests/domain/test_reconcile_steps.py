"""What is to be done about one booking on one lock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.tuya_lock_manager.domain.guest_memory import Booking
from custom_components.tuya_lock_manager.domain.guest_rules import GuestRules
from custom_components.tuya_lock_manager.domain.passwords import PasswordStatus
from custom_components.tuya_lock_manager.domain.reconcile import (
    Code,
    LockScene,
    StepKind,
    steps_for,
)

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RULES = GuestRules(calendar="calendar.flat", locks=("lock",), lead=24 * HOUR)
OFFLINE = replace(RULES, offline_fallback=True)
SCENE = LockScene("lock", UTC)
ADA = Booking("ada", 1, "Ada", "", NOW + 10 * HOUR, NOW + 40 * HOUR)
HERE = replace(ADA, start=NOW - HOUR)
CODE = Code(
    id="1",
    booking="ada",
    name="Ada",
    start=ADA.start,  # type: ignore[arg-type]
    end=ADA.end,  # type: ignore[arg-type]
    status=PasswordStatus.SCHEDULED,
    asked_at=NOW - HOUR,
)
COMPUTED = replace(CODE, id="2", is_custom=False, start=NOW - HOUR)
PENDING = replace(CODE, status=PasswordStatus.PENDING)
GOING = replace(CODE, status=PasswordStatus.REMOVING, removal_asked=True)
REMOVE = ("remove", "1")
REFUSED = replace(CODE, status=PasswordStatus.FAILED)


def kinds(
    booking: Booking,
    *codes: Code,
    rules: GuestRules = RULES,
    scene: LockScene = SCENE,
    now: datetime = NOW,
) -> list[tuple[str, str | None]]:
    """Return what is to be done about which code."""
    return [
        (step.kind.value, step.code.id if step.code else None)
        for step in steps_for([booking], codes, rules, scene, now)
    ]


MAKE = [("make", None)]


@pytest.mark.parametrize(
    ("booking", "codes", "steps"),
    [
        (ADA, (), MAKE),
        (replace(ADA, start=NOW + 25 * HOUR), (), []),
        (ADA, (CODE,), []),
        (ADA, (PENDING,), []),
        (ADA, (replace(CODE, booking="bob"),), MAKE),
        (ADA, (replace(CODE, removal_asked=True),), MAKE),
        (ADA, (replace(CODE, status=PasswordStatus.REMOVED),), MAKE),
        (ADA, (REFUSED,), [("send_again", "1")]),
        (ADA, (CODE, replace(CODE, id="0")), [("remove", "1")]),
        (ADA, (CODE, replace(PENDING, id="0")), [("remove", "0")]),
        (replace(ADA, title="Ada L"), (CODE,), [("change", "1")]),
        (replace(ADA, end=NOW + 41 * HOUR), (CODE,), [("change", "1")]),
        (replace(ADA, start=NOW + 11 * HOUR), (CODE,), [("change", "1")]),
        (ADA, (replace(CODE, change_failed=True),), [("change", "1")]),
        (HERE, (replace(CODE, start=NOW - 2 * HOUR),), []),
        # Gone
        (replace(ADA, gone=True), (CODE,), [("remove", "1")]),
        (replace(ADA, gone=True), (REFUSED,), [("remove", "1")]),
        (replace(ADA, gone=True), (COMPUTED,), []),
        (replace(ADA, gone=True), (), []),
        (replace(ADA, gone=True), (GOING,), []),
        (replace(ADA, gone=True), (replace(GOING, asked_at=NOW - 2 * HOUR),), [REMOVE]),
        (
            replace(ADA, gone=True),
            (replace(GOING, asked_at=NOW - 2 * HOUR, is_listed=False),),
            [],
        ),
        # Missing, which may be a fault
        (replace(ADA, missing_since=NOW), (), []),
        (replace(ADA, missing_since=NOW, title="X"), (CODE,), []),
        # Over
        (replace(HERE, end=NOW), (CODE,), [("remove", "1")]),
        (replace(HERE, end=NOW, missing_since=NOW), (CODE,), []),
        (replace(HERE, end=NOW), (replace(CODE, end=NOW),), []),
        # By hand
        (replace(ADA, dropped=frozenset({"lock"})), (), []),
        (replace(ADA, dropped=frozenset({"gate"})), (), MAKE),
    ],
)
def test_steps(
    booking: Booking, codes: tuple[Code, ...], steps: list[tuple[str, str | None]]
) -> None:
    """Each booking has exactly one code, as the calendar says it now."""
    assert kinds(booking, *codes) == steps


def test_a_lock_that_was_taken_out() -> None:
    """A lock that is not for guests any more loses their codes, and no others."""
    elsewhere = replace(SCENE, is_wanted=False)
    assert kinds(ADA, CODE, scene=elsewhere) == [("remove", "1")]
    assert kinds(ADA, scene=elsewhere) == []


def test_a_twin_made_by_hand() -> None:
    """Somebody's code of the same name and times is enough, and not ours to change."""
    twins = frozenset({("Ada", CODE.start, CODE.end)})
    assert kinds(ADA, scene=replace(SCENE, twins=twins)) == []
    others = frozenset({("Ada", CODE.start, CODE.end + HOUR)})
    assert kinds(ADA, scene=replace(SCENE, twins=others)) == MAKE


FALLBACK = [("make_offline", None)]


@pytest.mark.parametrize(
    ("booking", "codes", "steps"),
    [
        (HERE, (PENDING,), FALLBACK),
        (HERE, (replace(PENDING, asked_at=NOW),), []),
        (HERE, (replace(CODE, status=PasswordStatus.ACTIVE),), []),
        (HERE, (REFUSED,), FALLBACK),
        (HERE, (PENDING, COMPUTED), [("remove", "1")]),
        (HERE, (COMPUTED,), []),
        (HERE, (), MAKE),
        (ADA, (PENDING,), []),
        (ADA, (REFUSED,), [("send_again", "1")]),
    ],
)
def test_fallback(
    booking: Booking, codes: tuple[Code, ...], steps: list[tuple[str, str | None]]
) -> None:
    """From check-in on an offline code stands for one that is not on the lock."""
    started = tuple(
        replace(code, start=min(code.start, NOW - HOUR)) if booking is HERE else code
        for code in codes
    )
    assert kinds(booking, *started, rules=OFFLINE) == steps


def test_fallback_of_what_fails() -> None:
    """A code that can't be made is made off-line, at check-in and not before."""
    failing = replace(SCENE, failing=frozenset({"ada"}))
    assert kinds(HERE, rules=OFFLINE, scene=failing) == FALLBACK
    assert kinds(HERE, rules=RULES, scene=failing) == MAKE
    assert kinds(ADA, rules=OFFLINE, scene=failing) == MAKE


def test_a_lock_that_no_code_can_be_sent_to() -> None:
    """Where only offline codes are to be had, one is made at check-in, if chosen."""
    offline = replace(SCENE, has_online=False)
    assert kinds(ADA, rules=OFFLINE, scene=offline) == []
    assert kinds(HERE, rules=OFFLINE, scene=offline) == FALLBACK
    assert kinds(ADA, rules=RULES, scene=offline) == MAKE


def test_who_leaves_makes_room() -> None:
    """On a lock that is full, the code of who leaves goes before another comes."""
    gone = replace(ADA, id="bob", number=0, gone=True)
    steps = steps_for([ADA, gone], [replace(CODE, booking="bob")], RULES, SCENE, NOW)
    assert [step.kind for step in steps] == [StepKind.REMOVE, StepKind.MAKE]
