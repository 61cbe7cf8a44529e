"""What the control API tells a test to look for everywhere: digits and tokens."""

from tests.simulator.controlling import act, control
from tests.simulator.customer import DAY, Customer, door


async def _digits(customer: Customer) -> set[str]:
    """Return the digits that the control API tells."""
    return set((await control(customer, "GET", "/secrets"))["digits"])


async def test_digits_that_were_there_first(customer: Customer) -> None:
    """The code of every member who has had one since the world began is told."""
    world = customer.simulator.world
    seeded = {
        method.digits
        for lock in world.locks.values()
        for method in lock.people.methods
        if method.digits is not None
    }
    assert len(seeded) > 1
    assert await _digits(customer) == seeded


async def test_digits_made_by_the_cloud(customer: Customer) -> None:
    """Offline and dynamic passwords are told, also once they open nothing any more."""
    lock, known = customer.lock("Front door"), await _digits(customer)
    once = (await customer.offline(lock, "once")).result["offline_temp_password"]
    dynamic = (await customer.get(f"{door(lock)}/dynamic-password"))["dynamic_password"]
    assert await _digits(customer) == known | {once, dynamic}
    customer.pass_time(2 * DAY)
    assert await _digits(customer) == known | {once, dynamic}


async def test_digits_of_orders(customer: Customer) -> None:
    """What a customer ordered stays told when it was changed and deleted."""
    lock, known = customer.lock("Front door"), await _digits(customer)
    first = await customer.create(lock, "830517")
    assert await _digits(customer) == known | {"830517"}
    customer.pass_time(5)
    body = await customer.wish(lock, "271503")
    path = f"{door(lock)}/temp-passwords/{first}/modify-password"
    assert (await customer.call("PUT", path, body)).code == 0
    assert await _digits(customer) == known | {"830517", "271503"}
    customer.pass_time(5)
    assert (await customer.delete(lock, first)).code == 0
    customer.pass_time(DAY)
    assert await _digits(customer) == known | {"830517", "271503"}


async def test_digits_of_what_was_refused(customer: Customer) -> None:
    """Digits that never became a code are not told."""
    lock, known = customer.lock("Front door"), await _digits(customer)
    assert (await customer.try_create(lock, "8305")).code != 0
    assert await _digits(customer) == known


async def test_digits_of_enrolled_methods(customer: Customer) -> None:
    """A member's new code is told; cards and fingers have no digits."""
    lock, known = customer.lock("Front door"), await _digits(customer)
    await act(customer, "Front door", "enrol", kind="card")
    assert await _digits(customer) == known
    member = next(m for m in lock.people.members.values() if m.name == "Neighbour")
    body = {
        "unlock_type": "password",
        "user_type": 2,
        "user_id": member.user_id,
        **await customer.sealed(lock, "271503"),
    }
    path = f"{door(lock)}/actions/entry"
    assert (await customer.call("PUT", path, body)).result is True
    customer.pass_time(5)
    assert await _digits(customer) == known | {"271503"}


async def test_tokens_are_told(customer: Customer) -> None:
    """Every token that may still be used is told; a revoked one is gone."""
    first = customer.token
    assert (await control(customer, "GET", "/secrets"))["tokens"] == [first]
    await customer.connect()
    told = (await control(customer, "GET", "/secrets"))["tokens"]
    assert set(told) == {first, customer.token}
    await control(customer, "POST", "/tokens/revoke")
    assert (await control(customer, "GET", "/secrets"))["tokens"] == []
