"""Guests in front of simulated doors."""

from demo.waiting import wait_for
from demo.walk import Walk

DELIVERY_TIMEOUT = 60.0


async def wait_until_opens(
    walk: Walk, device_id: str, digits: str, *, opens: bool
) -> None:
    """Type digits at a lock until it opens, or no longer does."""

    async def look() -> bool:
        return await walk.world.cloud.try_code(device_id, digits) is opens

    await wait_for(f"a lock opens: {opens}", look, timeout=DELIVERY_TIMEOUT)
