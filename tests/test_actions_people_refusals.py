"""Members and unlock methods: what is refused for good reason, and half-done changes."""

from unittest.mock import patch

from simulator.locks.members import Method
from tests.acting import FRONT_DOOR, GARAGE, failing, refusing
from tests.residents import async_do, async_methods, resident
from tests.simulated import Home


async def test_removing_a_family_member(home: Home) -> None:
    """It works for all but the owner, and for that one Tuya's refusal is explained."""
    await home.async_setup()
    await async_do(home, "remove_member", FRONT_DOOR, member="Partner")
    for action, data in (
        ("remove_member", {}),
        ("update_member", {"role": "normal"}),
    ):
        with failing(home, "family_member_refused") as caught:
            await async_do(home, action, FRONT_DOOR, member="Owner", **data)
        assert "Owner (" in str(caught.value)
        assert "code 2306" in str(caught.value)
    assert resident(home, FRONT_DOOR, "Owner")


async def test_removing_somebody_who_goes_meanwhile(home: Home) -> None:
    """That is success, and said."""
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    remove = client.remove_member

    async def both(device_id: str, user_id: str) -> None:
        del home.lock(FRONT_DOOR).people.members[user_id]
        await remove(device_id, user_id)

    with patch.object(client, "remove_member", both):
        removed = await async_do(home, "remove_member", FRONT_DOOR, member="Cleaner")
    assert (removed["status"], removed["already_gone"]) == ("removed", True)


async def test_removed_and_not_read_again(home: Home) -> None:
    """Then it is prudent to say that it is under way."""
    await home.async_setup()
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=2")
    removed = await async_do(home, "remove_member", FRONT_DOOR, member="Cleaner")
    assert removed["status"] == "removing"


async def test_changed_and_not_read_again(home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=3")
    changed = await async_do(
        home, "update_member", FRONT_DOOR, member="Cleaner", new_name="Ann"
    )
    assert (changed["name"], changed["confirmed"]) == ("Cleaner", False)
    assert resident(home, FRONT_DOOR, "Ann")


async def test_the_candidates_are_told(home: Home) -> None:
    await home.async_setup()
    with refusing(home, "no_such_member", reads=True) as caught:
        await async_do(home, "remove_member", FRONT_DOOR, member="Gardener")
    candidates = (caught.value.translation_placeholders or {})["candidates"]
    assert candidates.count(",") == 3
    for member in home.lock(FRONT_DOOR).people.members.values():
        assert f"{member.name} ({member.user_id})" in candidates

    resident(home, FRONT_DOOR, "Neighbour").name = "cleaner"
    with refusing(home, "ambiguous_member", reads=True) as caught:
        await async_do(home, "remove_member", FRONT_DOOR, member="Cleaner")
    candidates = (caught.value.translation_placeholders or {})["candidates"]
    assert candidates.count(",") == 1
    removed = await async_do(
        home,
        "remove_member",
        FRONT_DOOR,
        member=resident(home, FRONT_DOOR, "cleaner").user_id,
    )
    assert removed["name"] == "cleaner"
    assert resident(home, FRONT_DOOR, "Cleaner")


async def test_hours_are_not_overwritten(home: Home) -> None:
    """The request would let the member in at all hours."""
    await home.async_setup()
    cleaner = resident(home, FRONT_DOOR, "Cleaner")
    cleaner.schedule = [
        {"start_minute": 540, "end_minute": 720, "working_day": 127, "all_day": False}
    ]
    for fields in ({"permanent": True}, {"end": "2026-06-02 12:00:00"}):
        with refusing(home, "member_has_hours", reads=True):
            await async_do(
                home, "update_member", FRONT_DOOR, member="Cleaner", **fields
            )
    cleaner.schedule = [
        {"start_minute": 0, "end_minute": 1439, "working_day": 127, "all_day": True}
    ]
    await async_do(home, "update_member", FRONT_DOOR, member="Cleaner", permanent=True)


async def test_a_face_raises_no_duress_alarm(home: Home) -> None:
    await home.async_setup()
    owner = resident(home, GARAGE, "Owner").user_id
    home.lock(GARAGE).people.methods.append(Method("face", 1, "face", 1, owner))
    with refusing(home, "duress_not_for_type", reads=True) as caught:
        await async_do(
            home,
            "update_unlock_method",
            GARAGE,
            method="face",
            new_name="Ann",
            duress=True,
        )
    assert "face (face-1, Owner)" in str(caught.value)
    (face,) = [
        method
        for method in (await async_methods(home, GARAGE, member="Owner")).values()
        if method["type"] == "face"
    ]
    assert face["duress"] is None
