"""Enrolling unlock methods: the lock waits for them, or gets a password."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum
import logging

from .domain.digits import check_digits
from .domain.methods import MethodKey, OwnedMethod
from .domain.people import Person, find_member
from .exceptions import failed
from .hub import LockHub
from .method_lists import async_methods_of, user_type
from .people import async_people
from .settling import async_send, is_family_refusal
from .tuya_cloud import EnrolmentRequest, TuyaCloudError, UnlockType

_LOGGER = logging.getLogger(__name__)

# How long the lock waits for a finger, a card or a face.
PRESENT_WITHIN = 60  # seconds
# Pauses between the looks for the new method: 5, 15, 30 and 60 s after the start.
ENROLMENT_PAUSES = (5, 10, 15, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentWish:
    """What is to be enrolled for whom; a code for a password only.

    With `wait` it is watched until the method is there or the lock's time is over.
    """

    member: str
    type: UnlockType
    code: object = field(default=None, repr=False)
    wait: bool = False


class EnrolmentStatus(StrEnum):
    """What became of an enrolment: nothing is known, it is there, or it didn't come."""

    STARTED = "started"
    ENROLLED = "enrolled"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An enrolment that was started, and the method that came of it."""

    person: Person
    status: EnrolmentStatus
    method: OwnedMethod | None = None


@dataclass(frozen=True, slots=True)
class StartedEnrolment:
    """An enrolment that the cloud was asked for, and the methods that were there."""

    person: Person
    type: UnlockType
    seen: frozenset[MethodKey]


async def async_start(hub: LockHub, wish: EnrolmentWish) -> StartedEnrolment:
    """Have the lock wait for a finger, a card or a face, or give it a password.

    It is sent once. Where the answer is lost, only a password can be seen at once.

    Raises:
        DigitsError, PeopleSelectionError: the wish can't be met; nothing was sent.
        HomeAssistantError: it is not known whether the lock waits.
        TuyaCloudError: it can't be asked.
    """
    digits = None
    if wish.type is UnlockType.PASSWORD:
        digits = check_digits(wish.code, hub.digits)
    person = find_member((await async_people(hub)).members, wish.member)
    there = await async_methods_of(hub, person)
    started = StartedEnrolment(
        person, wish.type, frozenset(method.key for method in there)
    )
    request = EnrolmentRequest(
        user_type(person), person.id, wish.type, digits, hub.digits
    )
    try:
        await _async_send(hub, request, started)
    except TuyaCloudError as err:
        if is_family_refusal(person, err):
            raise failed(
                "family_cannot_enrol", name=person.label, detail=str(err)
            ) from err
        if not err.outcome_unknown:
            raise
        if not wish.wait:
            raise failed("enrolment_unknown", detail=str(err)) from err
        _LOGGER.debug("The answer to an enrolment was lost: %s", err)
    return started


async def _async_send(
    hub: LockHub, request: EnrolmentRequest, started: StartedEnrolment
) -> None:
    if request.type is not UnlockType.PASSWORD:
        await hub.client.enrol_method(hub.id, request)
        return

    async def is_there() -> bool:
        return await _async_new(hub, started) is not None

    await async_send(hub.client.enrol_method(hub.id, request), is_there)


async def _async_new(hub: LockHub, started: StartedEnrolment) -> OwnedMethod | None:
    """Return the member's method that wasn't there before."""
    return next(
        (
            method
            for method in await async_methods_of(hub, started.person)
            if method.type == started.type and method.key not in started.seen
        ),
        None,
    )


async def async_watch(hub: LockHub, started: StartedEnrolment) -> Enrolment:
    """Look for the new method until the lock's time is over."""
    status = EnrolmentStatus.STARTED
    for pause in ENROLMENT_PAUSES:
        await asyncio.sleep(pause)
        try:
            method = await _async_new(hub, started)
        except TuyaCloudError as err:
            _LOGGER.debug("The methods of a member could not be read: %s", err)
            status = EnrolmentStatus.STARTED
            continue
        if method is not None:
            await hub.members.async_refresh()
            return Enrolment(started.person, EnrolmentStatus.ENROLLED, method)
        status = EnrolmentStatus.NOT_SEEN
    return Enrolment(started.person, status)
