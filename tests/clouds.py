"""A cloud that answers differently in each data center."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from unittest.mock import AsyncMock

import aiohttp

from custom_components.tuya_lock_manager.tuya_cloud import (
    DATA_CENTERS,
    Credentials,
    Device,
    TuyaCloudError,
    TuyaLockClient,
)
from custom_components.tuya_lock_manager.tuya_cloud.transport import CallListener
from tests.samples import ACCESS_ID, ACCESS_SECRET


@dataclass
class Cloud:
    """A Tuya cloud with a different answer in each data centre."""

    asked: list[str] = field(default_factory=list)
    connecting: dict[str, TuyaCloudError] = field(default_factory=dict)
    listing: dict[str, TuyaCloudError | tuple[Device, ...]] = field(
        default_factory=dict
    )
    hanging: set[str] = field(default_factory=set)

    def client(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        *,
        on_call: CallListener | None,
        timeout: float,
    ) -> AsyncMock:
        """Stand in for the class of the client."""
        assert isinstance(session, aiohttp.ClientSession)
        assert credentials.access_id == ACCESS_ID
        assert credentials.access_secret == ACCESS_SECRET
        assert timeout <= 10
        key = {url: key for key, url in DATA_CENTERS.items()}[credentials.base_url]
        client = AsyncMock(spec=TuyaLockClient)
        client.connect.side_effect = self._connect(key)
        listing = self.listing.get(key, ())
        if isinstance(listing, TuyaCloudError):
            client.list_devices.side_effect = listing
        else:
            client.list_devices.return_value = listing
        client.list_passwords.return_value = ()
        return client

    def _connect(self, key: str) -> Callable[[], Awaitable[None]]:
        async def connect() -> None:
            self.asked.append(key)
            if key in self.hanging:
                await asyncio.Event().wait()
            if error := self.connecting.get(key):
                raise error

        return connect
