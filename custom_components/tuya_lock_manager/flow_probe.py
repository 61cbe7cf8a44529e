"""Find the data centre of a cloud project by asking."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import aiohttp

from .domain.families import is_lock
from .flow_calls import CallListener
from .flow_errors import (
    CANNOT_CONNECT,
    CLOCK_WRONG,
    NO_LOCKS,
    NOT_SUBSCRIBED,
    PERMISSION_DENIED,
    UNEXPECTED_ANSWER,
    UNKNOWN,
    CheckError,
)
from .flow_url import host_of
from .tuya_cloud import (
    DATA_CENTERS,
    Credentials,
    Device,
    TuyaCloudError,
    TuyaLockClient,
)

# Somebody waits in front of the form, and up to seven data centres are asked.
CALL_TIMEOUT: Final = 10.0
TOTAL_TIMEOUT: Final = 60.0

# A "permission deny" can be about a single lock, so a few are asked before the
# project is blamed for it.
LOCKS_ASKED: Final = 3

_NAMES: Final = {
    "cn": "China",
    "us": "Western America",
    "ueaz": "Eastern America",
    "eu": "Central Europe",
    "weu": "Western Europe",
    "in": "India",
    "sg": "Singapore",
}

_AMERICA: Final = ("us", "ueaz")
_EUROPE: Final = ("eu", "weu")
# Where the apps of these countries keep their accounts, as far as it is not what
# their continent suggests.
_BY_COUNTRY: Final = {
    "CN": ("cn",),
    "IN": ("in",),
    "SG": ("sg", "eu"),
    "US": _AMERICA,
    "CA": _AMERICA,
}
_BY_CONTINENT: Final = {
    "America": _AMERICA,
    "US": _AMERICA,
    "Pacific": _AMERICA,
    "Australia": _AMERICA,
    "Asia": ("us", "sg", "eu"),
    "Europe": _EUROPE,
    "Africa": _EUROPE,
}


type Noting = Callable[[str], CallListener]


@dataclass(frozen=True, slots=True)
class DataCenter:
    """A place to ask: a key of DATA_CENTERS or "custom", and the base URL."""

    key: str
    url: str

    @property
    def host(self) -> str:
        """The host in lower case, as it stands in unique ids."""
        return host_of(self.url)

    @property
    def title(self) -> str:
        """The title of an entry in this data centre."""
        return f"Tuya Lock Manager ({_NAMES.get(self.key, self.host)})"


def data_centers_by_distance(
    country: str | None, time_zone: str
) -> tuple[DataCenter, ...]:
    """Return all data centres of Tuya, the likeliest first.

    Args:
        country: ISO 3166 code of the home, if it is known.
        time_zone: IANA name, whose first part tells the continent.
    """
    near = _BY_COUNTRY.get(country or "") or _BY_CONTINENT.get(
        time_zone.partition("/")[0], _EUROPE
    )
    keys = dict.fromkeys((*near, *DATA_CENTERS))
    return tuple(DataCenter(key, DATA_CENTERS[key]) for key in keys)


async def find_data_center(
    session: aiohttp.ClientSession,
    access_id: str,
    access_secret: str,
    candidates: Sequence[DataCenter],
    noting: Noting | None = None,
) -> DataCenter:
    """Return the first candidate in which the project has locks that it may manage.

    `noting` returns who is told of the calls to a base URL.

    Raises:
        CheckError: There is none; of all errors the most informative one.
    """
    errors: list[CheckError] = []
    try:
        async with asyncio.timeout(TOTAL_TIMEOUT):
            for candidate in candidates:
                client = _client(
                    session, access_id, access_secret, candidate.url, noting
                )
                try:
                    await _check_project(client)
                except CheckError as error:
                    errors.append(error)
                    if error.key == CLOCK_WRONG:
                        # It is this machine's clock: no other place will differ.
                        break
                else:
                    return candidate
    except TimeoutError:
        errors.append(CheckError(CANNOT_CONNECT))
    raise min(errors, key=lambda error: error.rank)


async def check_credentials(
    session: aiohttp.ClientSession,
    access_id: str,
    access_secret: str,
    url: str,
    noting: Noting | None = None,
) -> None:
    """Check that the secret belongs to the Access ID, and nothing else.

    Raises:
        CheckError: It does not, or the cloud could not tell.
    """
    try:
        async with asyncio.timeout(TOTAL_TIMEOUT):
            client = _client(session, access_id, access_secret, url, noting)
            await client.connect()
    except TuyaCloudError as error:
        raise CheckError.of(error) from error
    except TimeoutError as error:
        raise CheckError(CANNOT_CONNECT) from error


def _client(
    session: aiohttp.ClientSession,
    access_id: str,
    access_secret: str,
    url: str,
    noting: Noting | None,
) -> TuyaLockClient:
    return TuyaLockClient(
        session,
        Credentials(access_id=access_id, access_secret=access_secret, base_url=url),
        on_call=noting(url) if noting else None,
        timeout=CALL_TIMEOUT,
    )


async def _check_project(client: TuyaLockClient) -> None:
    """Check token, list of devices and the Smart Lock service, in that order."""
    try:
        await client.connect()
        locks = [device for device in await client.list_devices() if is_lock(device)]
    except TuyaCloudError as error:
        raise CheckError.of(error) from error
    if not locks:
        raise CheckError(NO_LOCKS)
    await _check_lock_service(client, locks[:LOCKS_ASKED])


async def _check_lock_service(client: TuyaLockClient, locks: Sequence[Device]) -> None:
    """Ask for the passwords of a lock: only lock endpoints miss the service.

    What a lock answers for itself (off line, not supported, an answer that nobody
    knows) is no fault of the project, so the first such answer will do.
    """
    for lock in locks:
        try:
            await client.list_passwords(lock.id)
        except TuyaCloudError as error:
            problem = CheckError.of(error)
            if problem.key == PERMISSION_DENIED:
                continue
            if problem.key not in {UNKNOWN, UNEXPECTED_ANSWER}:
                raise problem from error
        return
    raise CheckError(NOT_SUBSCRIBED)
