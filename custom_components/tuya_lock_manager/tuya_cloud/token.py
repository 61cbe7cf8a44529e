"""The access token: one for all, renewed ahead of time, by one request at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from .errors import TuyaCloudError
from .models.token import TokenGrant

# Tuya's SDKs renew this long before the end, in seconds.
MARGIN = 60


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A token in use. `good_until` is on the machine's clock, in seconds.

    Two tokens are the same only if they are one object: a renewal always makes a new one.
    """

    value: str = field(repr=False)
    good_until: float


class TokenKeeper:
    """Keeps the token and renews it.

    A renewal is always a new grant. Refresh tokens work once and die with a lost answer
    or with another client's renewal, so a grant would be needed beside them anyway.
    """

    def __init__(
        self,
        grant: Callable[[], Awaitable[TokenGrant]],
        clock: Callable[[], float],
    ) -> None:
        """Start without a token; `grant` asks the cloud for one."""
        self._grant = grant
        self._clock = clock
        self._lock = asyncio.Lock()
        self._token: Token | None = None
        self._failures = 0
        self._last_failure: TuyaCloudError | None = None
        self.project_uid: str | None = None

    @property
    def good(self) -> Token | None:
        """Return the token in use, None if there is none that is still good."""
        token = self._token
        if token is None or self._clock() >= token.good_until:
            return None
        return token

    async def get(self) -> Token:
        """Return a token that is still good, asking for one if need be.

        Raises:
            TuyaCloudError: the cloud gave none.
        """
        return self.good or await self.replace(self._token)

    async def replace(self, stale: Token | None) -> Token:
        """Return a token newer than `stale`, which the cloud did not, or won't, take.

        Whoever comes while a renewal is under way gets what that one brings, be it a
        token or a failure. Whoever comes late, with a token that was replaced long
        since, gets the one in use.

        Raises:
            TuyaCloudError: the cloud gave none.
        """
        failures = self._failures
        async with self._lock:
            if self._token is not None and self._token is not stale:
                return self._token
            if self._failures != failures and self._last_failure is not None:
                raise self._last_failure
            try:
                return await self._renew()
            except TuyaCloudError as err:
                self._failures += 1
                self._last_failure = err
                raise

    def forget(self, stale: Token) -> None:
        """Let the next request begin with a new token: the cloud didn't take this one."""
        if self._token is stale:
            self._token = None

    async def renew(self) -> None:
        """Ask for a new token even if the present one seems good.

        Raises:
            TuyaCloudError: the cloud gave none.
        """
        await self.replace(self._token)

    async def _renew(self) -> Token:
        asked = self._clock()
        grant = await self._grant()
        # A cloud that hands out the same token until its end would otherwise be asked
        # for one with every call of the last minute.
        margin = min(MARGIN, grant.lifetime / 2)
        self.project_uid = grant.uid or self.project_uid
        self._token = Token(grant.value, asked + grant.lifetime - margin)
        return self._token
