"""People as a person sees them, and finding who and what a person means."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.tuya_lock_manager.domain.methods import (
    OwnedMethod,
    find_method,
    unlock_types,
)
from custom_components.tuya_lock_manager.domain.people import (
    Effect,
    LockState,
    MemberKind,
    PeopleSelectionError,
    Person,
    delivery_state,
    find_member,
    has_hours,
    member_window,
    people_of,
)
from custom_components.tuya_lock_manager.domain.windows import WindowError
from custom_components.tuya_lock_manager.tuya_cloud.models import (
    DeliveryStatus,
    EffectiveFlag,
    MemberRole,
    MemberWindow,
    UnlockMethod,
    UnlockType,
)

from .builders import DAY, HOUR, NOW, member

ANN = Person("0000001abc", "Ann", MemberKind.PANEL)
BOB = Person("0000002abc", "Bøb Straße", MemberKind.FAMILY)
NAMELESS = Person("0000003abc", "", MemberKind.PANEL)


def window(**fields: Any) -> MemberWindow:
    """Return the window of a member who may come at any time."""
    return MemberWindow(
        **{
            "permanent": True,
            "start": None,
            "end": None,
            "operate": "",
            "delivery": None,
            "schedule_raw": (),
            **fields,
        }
    )


def method(code: str, slot: int | None, name: str = "", **fields: Any) -> OwnedMethod:
    """Return a method of Ann's."""
    owner = fields.pop("owner", ANN)
    return OwnedMethod(UnlockMethod(code, slot, name, **fields), owner)


THUMB = method("unlock_fingerprint", 1, "thumb")
CARD = method("unlock_card_kit", 1, "fingerprint 1")


def test_everybody_once_and_the_rich_list_wins() -> None:
    rich = [member("a", uid="ay1", name=" Ann "), member("b", name="Bob")]
    panel = [member("b", name="Robert"), member("c", name="Carol")]
    people = people_of(rich, panel, [THUMB.method])
    assert {(p.id, p.name, p.kind) for p in people.members} == {
        ("a", "Ann", MemberKind.FAMILY),
        ("b", "Bob", MemberKind.PANEL),
        ("c", "Carol", MemberKind.PANEL),
    }
    assert (people.family, people.panel) == (1, 2)
    assert people.waiting == (THUMB.method,)


def test_what_no_list_tells_is_not_nobody() -> None:
    assert people_of(None, None) == people_of(None, None, None)
    nobody = people_of(None, None)
    assert (nobody.members, nobody.family, nobody.panel) == ((), None, None)
    assert nobody.waiting is None
    assert people_of([], [], []).waiting == ()


def test_an_owner_is_one_of_all() -> None:
    """One measurement has the owner's number for every app account."""
    one = people_of([member("a", user_type=50), member("b", user_type=10)], None)
    assert [p.role for p in one.members] == [MemberRole.OWNER, MemberRole.ADMIN]
    all_ = people_of([member("a", user_type=50), member("b", user_type=50)], None)
    assert [p.role for p in all_.members] == [None, None]


@pytest.mark.parametrize(
    ("flag", "effect"),
    [
        (EffectiveFlag.IN_EFFECT, Effect.ACTIVE),
        (EffectiveFlag.NOT_YET, Effect.NOT_YET),
        (EffectiveFlag.INVALID, Effect.ENDED),
    ],
)
def test_the_flag_goes_first(flag: EffectiveFlag, effect: Effect) -> None:
    ended = window(permanent=False, start=NOW - DAY, end=NOW)
    assert Person("a", "", MemberKind.PANEL, flag=flag).effect(NOW) is effect
    person = Person("a", "", MemberKind.PANEL, flag=flag, window=ended)
    assert person.effect(NOW) is effect


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({"permanent": None}, None),
        ({}, Effect.ACTIVE),
        ({"permanent": False, "start": NOW + HOUR, "end": NOW + DAY}, Effect.NOT_YET),
        ({"permanent": False, "start": NOW, "end": NOW + HOUR}, Effect.ACTIVE),
        ({"permanent": False, "start": NOW - HOUR, "end": NOW}, Effect.ENDED),
        ({"permanent": False}, Effect.ACTIVE),
    ],
)
def test_without_a_flag_the_window_tells(
    fields: dict[str, Any], effect: Effect | None
) -> None:
    person = Person("a", "", MemberKind.PANEL, window=window(**fields))
    assert person.effect(NOW) is effect


def test_without_anything_nobody_knows() -> None:
    assert ANN.effect(NOW) is None


@pytest.mark.parametrize(
    "wanted", ["0000001abc", " 0000001abc ", "Ann", "ann", " ANN "]
)
def test_a_member_by_id_or_name(wanted: str) -> None:
    assert find_member([BOB, ANN, NAMELESS], wanted) is ANN


def test_a_member_in_any_language() -> None:
    assert find_member([ANN, BOB], "BØB STRASSE") is BOB


@pytest.mark.parametrize("wanted", ["An", "Anna", "0000001", "", "  "])
def test_no_part_of_a_member_will_do(wanted: str) -> None:
    with pytest.raises(PeopleSelectionError) as caught:
        find_member([ANN, NAMELESS], wanted)
    assert caught.value.reason == "no_such_member"
    assert caught.value.candidates == ("Ann (0000001abc)", "0000003abc")


def test_two_of_one_name() -> None:
    twin = Person("x", "ANN", MemberKind.FAMILY)
    with pytest.raises(PeopleSelectionError) as caught:
        find_member([ANN, BOB, twin], "ann")
    assert caught.value.reason == "ambiguous_member"
    assert caught.value.candidates == ("Ann (0000001abc)", "ANN (x)")
    assert find_member([ANN, BOB, twin], "x") is twin
    room = Person("y", "x", MemberKind.PANEL)
    with pytest.raises(PeopleSelectionError):
        find_member([twin, room], "x")


def test_family_and_panel() -> None:
    assert BOB.is_family
    assert not ANN.is_family


def test_a_member_keeps_its_contact_to_itself() -> None:
    (person,) = people_of([member("a", contact="49-1700000001")], None).members
    assert person.contact == "49-1700000001"
    assert "1700000001" not in repr(person)


def test_what_a_method_is_called() -> None:
    assert (THUMB.id, THUMB.label) == ("fingerprint-1", "thumb (fingerprint-1, Ann)")
    assert (CARD.type, CARD.key) == ("card", ("card", 1))
    lone = method("unlock_face", 3, owner=None)
    assert (lone.id, lone.label) == ("face-3", "face-3")
    untold = method("unlock_new", None, " x ", owner=NAMELESS)
    assert (untold.id, untold.name) == ("new", "x")
    assert untold.label == "x (new, 0000003abc)"


@pytest.mark.parametrize(
    "wanted",
    [
        *("thumb", " THUMB ", "fingerprint 1", "fingerprint-1", "Fingerprint1"),
        *("fingerprint #1", "unlock_fingerprint 1", "unlock_fingerprint_kit-1"),
        "fingerprint-01",
    ],
)
def test_a_method_by_name_or_by_type_and_number(wanted: str) -> None:
    """A name that reads like another one's type and number doesn't hide that one."""
    assert find_method([CARD, THUMB], wanted) is THUMB


@pytest.mark.parametrize(("known", "wanted"), [(0, 1), (1, 0)])
def test_a_name_however_its_accents_are_written(known: int, wanted: int) -> None:
    names = ("Zo\u00eb", "zoe\u0308 ")
    card = method("unlock_card", 8, names[known])
    assert find_method([THUMB, card], names[wanted]) is card
    person = Person("0000004abc", names[known].strip(), MemberKind.PANEL)
    assert find_member([person], names[wanted]) is person


def test_an_automatic_name() -> None:
    card = method("unlock_card", 8, "11-8")
    assert find_method([THUMB, card], "11-8") is card
    odd = method("unlock_card", 9, "card 7")
    assert find_method([odd], "card 7") is odd


@pytest.mark.parametrize(
    "wanted", ["", " ", "finger", "fingerprint", "fingerprint 2", "1"]
)
def test_no_part_of_a_method_will_do(wanted: str) -> None:
    with pytest.raises(PeopleSelectionError) as caught:
        find_method([THUMB, method("unlock_face", 1)], wanted)
    assert caught.value.reason == "no_such_method"
    assert caught.value.candidates == ("thumb (fingerprint-1, Ann)", "face-1, Ann")


def test_two_methods_of_one_name() -> None:
    other = method("unlock_card", 2, "Thumb", owner=BOB)
    with pytest.raises(PeopleSelectionError) as caught:
        find_method([THUMB, other, CARD], "thumb")
    assert caught.value.reason == "ambiguous_method"
    assert caught.value.candidates == (
        "thumb (fingerprint-1, Ann)",
        "Thumb (card-2, Bøb Straße)",
    )
    assert find_method([THUMB, other, CARD], "card 2") is other


@pytest.mark.parametrize(
    ("delivery", "state"),
    [
        (None, None),
        (DeliveryStatus.UNKNOWN, None),
        (DeliveryStatus.ONGOING, LockState.PENDING),
        (DeliveryStatus.SUCCESS, LockState.CONFIRMED),
        (DeliveryStatus.FAILED, LockState.FAILED),
        (DeliveryStatus.FULL, LockState.FAILED),
    ],
)
def test_on_the_way_to_the_lock(
    delivery: DeliveryStatus | None, state: LockState | None
) -> None:
    assert delivery_state(delivery) is state
    assert method("unlock_card", 1, delivery=delivery).state is state


LIMITED = window(permanent=False, start=NOW - HOUR, end=NOW + HOUR)


def test_a_window_keeps_what_is_not_given() -> None:
    longer = member_window(LIMITED, start=None, end=NOW + DAY, now=NOW)
    assert (longer.start, longer.end) == (NOW - HOUR, NOW + DAY)
    later = member_window(LIMITED, start=NOW, end=None, now=NOW)
    assert (later.start, later.end) == (NOW, NOW + HOUR)


@pytest.mark.parametrize("current", [None, window(), window(permanent=None)])
def test_a_new_window_begins_now(current: MemberWindow | None) -> None:
    new = member_window(current, start=None, end=NOW + DAY, now=NOW)
    assert (new.start, new.end) == (NOW, NOW + DAY)
    both = member_window(current, start=NOW + HOUR, end=NOW + DAY, now=NOW)
    assert (both.start, both.end) == (NOW + HOUR, NOW + DAY)
    with pytest.raises(WindowError) as caught:
        member_window(current, start=NOW + HOUR, end=None, now=NOW)
    assert caught.value.reason == "no_end"


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (NOW + DAY, NOW + HOUR, "end_before_start"),
        (None, NOW, "in_past"),
        (NOW + DAY, None, "end_before_start"),
        (None, NOW + timedelta(days=365 * 290), "out_of_range"),
    ],
)
def test_windows_that_are_refused(start: Any, end: Any, reason: str) -> None:
    with pytest.raises(WindowError) as caught:
        member_window(LIMITED, start=start, end=end, now=NOW)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("blocks", "limited"),
    [
        ((), False),
        (({"all_day": True},), False),
        (({"all_day": True, "working_day": 127},), False),
        (({"allDay": True, "workingDay": 127},), False),
        (({"start_minute": 0, "end_minute": 1439, "working_day": 127},), False),
        (({"start_minute": 0, "end_minute": 1440},), False),
        (({"all_day": True, "working_day": 62},), True),
        (({"all_day": True, "workingDay": 62},), True),
        (({"start_minute": 540, "end_minute": 1439},), True),
        (({"start_minute": 0, "end_minute": 720},), True),
        (({"start_minute": 0, "end_minute": "late"},), True),
        (({},), True),
        (({"all_day": True}, {"all_day": False}), True),
    ],
)
def test_hours(blocks: tuple[dict[str, Any], ...], limited: bool) -> None:
    assert has_hours(window(schedule_raw=blocks)) is limited
    assert has_hours(None) is False


def test_types_of_a_model() -> None:
    codes = ["unlock_card_kit", "unlock_fingerprint", "unlock_temporary", "doorbell"]
    assert unlock_types(codes) == (UnlockType.FINGERPRINT, UnlockType.CARD)
    assert unlock_types([]) == ()
