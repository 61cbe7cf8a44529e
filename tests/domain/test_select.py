"""Finding the code that a person means."""

import pytest

from custom_components.tuya_lock_manager.domain.passwords import (
    PasswordStatus,
    PasswordType,
)
from custom_components.tuya_lock_manager.domain.select import (
    AmbiguousPasswordError,
    UnknownPasswordError,
    find_password,
)

from .builders import DAY, NOW, password

ANN = password(id="1001", name="Ann")
BOB = password(id="1002", name=" Bøb Straße ")
OVER = PasswordStatus.EXPIRED


@pytest.mark.parametrize("wanted", ["1001", " 1001 ", "Ann", "ann", " ANN ", "aNn\n"])
def test_by_id_or_name(wanted: str) -> None:
    assert find_password([BOB, ANN], wanted) is ANN


def test_names_in_any_language() -> None:
    assert find_password([ANN, BOB], "BØB STRASSE") is BOB


@pytest.mark.parametrize("wanted", ["Zo\u00eb", "Zoe\u0308", "ZOE\u0308"])
@pytest.mark.parametrize("name", ["Zo\u00eb", "Zoe\u0308"])
def test_accents_are_written_in_two_ways(name: str, wanted: str) -> None:
    """Keyboards differ, and nobody sees it."""
    zoe = password(id="1005", name=name)
    assert find_password([ANN, zoe], wanted) is zoe


@pytest.mark.parametrize("wanted", ["An", "Anna", "100", "", "  ", "10010"])
def test_no_part_of_it_will_do(wanted: str) -> None:
    nameless = password(id="1003", name="")
    gone = password(id="1004", name="Gone", status=OVER)
    with pytest.raises(UnknownPasswordError) as caught:
        find_password([ANN, nameless, gone], wanted)
    assert caught.value.candidates == (ANN, nameless)


def test_a_name_of_two_is_ambiguous() -> None:
    twin = password(id="1003", name="ANN")
    with pytest.raises(AmbiguousPasswordError) as caught:
        find_password([ANN, BOB, twin], "ann")
    assert caught.value.candidates == (ANN, twin)
    assert find_password([ANN, BOB, twin], "1003") is twin


@pytest.mark.parametrize(
    "status",
    [
        *(PasswordStatus.EXPIRED, PasswordStatus.REMOVED, PasswordStatus.USED),
        *(PasswordStatus.LAPSED, PasswordStatus.CLEARED, PasswordStatus.FAILED),
    ],
)
def test_last_summers_code_does_not_count(status: PasswordStatus) -> None:
    old = password(id="900", name="Ann", status=status)
    assert find_password([old, ANN], "Ann") is ANN
    assert find_password([old, ANN], "900") is old


@pytest.mark.parametrize(
    "status",
    [
        *(PasswordStatus.REMOVING, PasswordStatus.PENDING, PasswordStatus.FROZEN),
        *(PasswordStatus.UNKNOWN, PasswordStatus.UNCONFIRMED, PasswordStatus.SCHEDULED),
    ],
)
def test_what_may_still_open_counts(status: PasswordStatus) -> None:
    other = password(id="900", name="Ann", status=status)
    with pytest.raises(AmbiguousPasswordError):
        find_password([other, ANN], "Ann")


def test_of_ended_codes_the_last_is_meant() -> None:
    first = password(id="1", name="Ann", status=OVER, end=NOW - 2 * DAY)
    last = password(id="2", name="Ann", status=OVER, end=NOW - DAY)
    unknown = password(id="3", name="Ann", status=OVER, end=None)
    assert find_password([first, last, unknown], "Ann") is last


def test_a_name_that_is_anothers_id() -> None:
    room = password(id="1003", name="1001")
    with pytest.raises(AmbiguousPasswordError) as caught:
        find_password([ANN, room], "1001")
    assert caught.value.candidates == (ANN, room)


def test_one_id_online_and_offline() -> None:
    offline = password(id="1001", name="Guest", type=PasswordType.TIME_LIMITED)
    with pytest.raises(AmbiguousPasswordError):
        find_password([ANN, offline], "1001")


@pytest.mark.parametrize("type_", [PasswordType.CLEAR_ONE, PasswordType.CLEAR_ALL])
def test_a_clearing_code_is_meant_by_its_id_only(type_: PasswordType) -> None:
    clearing = password(id="1003", name="Ann", type=type_)
    assert find_password([clearing, ANN], "Ann") is ANN
    assert find_password([clearing, ANN], "1003") is clearing
    with pytest.raises(UnknownPasswordError) as caught:
        find_password([clearing], "Ann")
    assert caught.value.candidates == ()
