"""Observations of switches: template passwords."""

from typing import Any

from simulator.locks.keypad import type_code
from tests.simulator.customer import Customer, door
from tests.simulator.observations.base import active, code, observes


async def after_template_delete(customer: Customer, body: dict[str, int]) -> Any:
    """Delete a code by the template path; returns the result and whether it opens."""
    lock = customer.lock("Front door")
    password_id = await active(customer, lock)
    path = f"{door(lock)}/template/temp-password/{password_id}"
    result = (await customer.call("DELETE", path, body)).result
    customer.pass_time(5)
    return bool(result), type_code(lock, "830517").opened


@observes
async def template_tunnel_name(customer: Customer) -> object:
    """Which spelling leaves the code on the lock."""
    snake = await after_template_delete(customer, {"dp_tunnel": 1})
    lock = customer.lock("Front door")
    lock.codes.clear()
    return snake[1], (await after_template_delete(customer, {"dpTunnel": 1}))[1]


@observes
async def template_delete_result(customer: Customer) -> object:
    """Whether the result has an id."""
    return (await after_template_delete(customer, {}))[0]


@observes
async def template_paths(customer: Customer) -> object:
    """What a lock answers to the list."""
    path = f"{door(customer.lock('Front door'))}/template/temp-password"
    return await code(customer, path)


@observes
async def template_book(customer: Customer) -> object:
    """Whether each list shows what was made by the other door."""
    lock = customer.lock("Front door")
    await active(customer, lock)
    path = f"/v1.0/smart-lock/device/{lock.id}/template/temp-password"
    await customer.call("POST", path, await customer.wish(lock, "706139"))
    customer.pass_time(5)
    assert type_code(lock, "706139").opened
    templates = await customer.get(f"{door(lock)}/template/temp-password")
    return templates["total"], len(await customer.listed(lock))
