"""Calls of the control API, over HTTP."""

from typing import Any

from tests.simulator.customer import Customer


async def control(
    customer: Customer, method: str, path: str, body: Any = None, status: int = 200
) -> Any:
    """Return the answer of the control API."""
    url = customer.simulator.control_url + path
    async with customer.session.request(method, url, json=body) as response:
        assert response.status == status
        return await response.json()


async def act(customer: Customer, lock: str, what: str, /, **body: Any) -> Any:
    """Do something at a lock."""
    return await control(customer, "POST", f"/locks/{lock}/{what}", body)
