"""Changes that are sent once: what became of them when the answer was lost."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from homeassistant.exceptions import HomeAssistantError

from .domain.people import Person
from .exceptions import action_error, failed
from .tuya_cloud import InvalidRequestError, PasswordStateError, TuyaCloudError

# Pauses between readings of the lists when an answer was lost, in seconds.
SETTLE_PAUSES = (2, 5, 13)


@dataclass(frozen=True, slots=True)
class Step[T]:
    """One request of a change.

    `field` is what the user calls it. `shows` tells whether a reading of the thing shows
    that it was done, None where no list would tell.
    """

    field: str
    send: Callable[[], Awaitable[None]]
    shows: Callable[[T | None], bool | None]


async def async_apply[T](
    steps: Sequence[Step[T]],
    look: Callable[[], Awaitable[T | None]],
    person: Person | None,
) -> None:
    """Send the steps of a change one after the other, each once.

    A half-done change says which half. `person` is whose change it is: what Tuya refuses
    of people with an app account is told as that.
    """
    done: list[str] = []
    for step in steps:
        try:
            await async_send(step.send(), partial(_async_shown, step, look), person)
        except (TuyaCloudError, HomeAssistantError) as err:
            if not done:
                raise
            known = action_error(err) if isinstance(err, TuyaCloudError) else err
            raise failed(
                "half_done", done=", ".join(done), field=step.field, detail=str(known)
            ) from err
        done.append(step.field)


async def _async_shown[T](
    step: Step[T], look: Callable[[], Awaitable[T | None]]
) -> bool | None:
    return step.shows(await look())


async def async_send(
    request: Awaitable[None],
    is_done: Callable[[], Awaitable[bool | None]],
    person: Person | None = None,
) -> None:
    """Send a change once; where the answer is lost, reading tells what became of it."""
    try:
        await request
    except TuyaCloudError as err:
        if err.outcome_unknown:
            await _async_settle(is_done, err)
            return
        if person is not None and is_family_refusal(person, err):
            raise failed(
                "family_member_refused", name=person.label, detail=str(err)
            ) from err
        raise


def is_family_refusal(person: Person, err: TuyaCloudError) -> bool:
    """Tell whether the cloud refused something that it does for panel members only."""
    return (
        person.is_family
        and err.code is not None
        and isinstance(err, InvalidRequestError | PasswordStateError)
    )


async def _async_settle(
    is_done: Callable[[], Awaitable[bool | None]], lost: TuyaCloudError
) -> None:
    """Read until the change shows; raises HomeAssistantError when it doesn't."""
    unread: TuyaCloudError | None = None
    for pause in SETTLE_PAUSES:
        await asyncio.sleep(pause)
        try:
            done = await is_done()
        except TuyaCloudError as err:
            unread = err
            continue
        if done:
            return
        if done is None:
            raise failed("change_not_told", detail=str(lost)) from lost
        unread = None
    if unread is not None:
        raise failed("outcome_unknown") from unread
    raise failed("change_not_seen", detail=str(lost)) from lost
