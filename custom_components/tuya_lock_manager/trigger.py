"""Triggers: what becomes of codes, alarms and openings, for automations.

They rest on what is announced (announced.py), not on event entities: they work while those
are disabled, and no entity that is back repeats old news. What happened before the start
is left out unless an automation asks for it, but for an end that is still to come; nothing
is told twice.
"""

from abc import abstractmethod
from typing import Any, ClassVar, override

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.trigger import (
    NotTriggeredInfo,
    Trigger,
    TriggerActionRunner,
    TriggerConfig,
    TriggerNotTriggeredReporter,
)
from homeassistant.helpers.typing import ConfigType, VolDictType
import voluptuous as vol

from .activity import News
from .announced import SIGNAL_CODE, SIGNAL_RECORD
from .automation_config import CONF_PASSWORD, NAME_LIST, PASSWORD_NAMES, validated
from .awaited import AwaitedLocks
from .domain.alarms import ALARM_TYPES, alarm_of, alarms_in_a_row
from .domain.lifecycle import CodeEvent
from .domain.openings import OpeningMethod
from .domain.passwords import Password
from .expiry_watch import ExpiryWatch
from .hub import LockHub
from .issues import RequestKind
from .lifecycle import CodeNews
from .told_facts import (
    Facts,
    about_alarm,
    about_code,
    about_lock,
    about_opening,
    at,
    is_one_of,
    plain_names,
)

CONF_MEMBER = "member"
CONF_METHOD = "method"
CONF_TYPES = "types"
CONF_TIMES = "times"
CONF_WITHIN = "within"
CONF_BEFORE = "before"
CONF_MISSED = "missed"

# As the forms have it.
_AN_HOUR = {"hours": 1}

_MISSED: VolDictType = {vol.Optional(CONF_MISSED, default=False): cv.boolean}
_NOT_TRIGGERED = NotTriggeredInfo("happened_before_start")


class LockTrigger(Trigger):
    """Base: a target of locks, and options that say which news of them count."""

    # What the cloud has to be asked for, for these news to be heard.
    _kinds: ClassVar[frozenset[RequestKind]]
    options_schema: ClassVar[VolDictType]

    @override
    @classmethod
    async def async_validate_config(
        cls, hass: HomeAssistant, config: ConfigType
    ) -> ConfigType:
        """Validate the target and the options."""
        return validated(hass, config, cls.options_schema)

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Initialize the trigger."""
        super().__init__(hass, config)
        self._options: dict[str, Any] = config.options or {}
        self._locks = AwaitedLocks(hass, config.target or {}, self._kinds)
        self._run: TriggerActionRunner | None = None
        self._report: TriggerNotTriggeredReporter | None = None

    @override
    async def async_attach_runner(
        self,
        run_action: TriggerActionRunner,
        did_not_trigger: TriggerNotTriggeredReporter | None = None,
    ) -> CALLBACK_TYPE:
        """Fire for news of the targeted locks from now on."""
        self._run, self._report = run_action, did_not_trigger
        self._locks.async_start()
        disconnect = self._async_listen()

        @callback
        def detach() -> None:
            disconnect()
            self._locks.async_stop()

        return detach

    @abstractmethod
    def _async_listen(self) -> CALLBACK_TYPE:
        """Listen to what is announced; return what ends it."""

    def _fire(self, hub: LockHub, facts: Facts, *, late: bool, missed: bool) -> None:
        """Run the automation, unless it is not to hear of what it missed."""
        if missed and not self._options.get(CONF_MISSED):
            if self._report is not None:
                self._report(_NOT_TRIGGERED)
            return
        if self._run is not None:
            lock = about_lock(self._hass, hub)
            self._run({**lock, **facts, "late": late}, f"news of {hub.name}")


class CodeTrigger(LockTrigger):
    """Something happened to a code; its name may be asked for."""

    _kinds = frozenset({RequestKind.PASSWORDS})
    options_schema = {**PASSWORD_NAMES, **_MISSED}
    _events: ClassVar[frozenset[CodeEvent]]

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Initialize the trigger."""
        super().__init__(hass, config)
        self._names = plain_names(self._options.get(CONF_PASSWORD, ()))

    @override
    def _async_listen(self) -> CALLBACK_TYPE:
        return async_dispatcher_connect(self._hass, SIGNAL_CODE, self._handle_code)

    @callback
    def _handle_code(self, hub: LockHub, news: CodeNews) -> None:
        if news.event in self._events and self._is_meant(hub, news.password):
            facts = {
                "event": news.event.value,
                **at(news.time or hub.client.now()),
                **about_code(hub, news.password),
            }
            self._fire(hub, facts, late=news.late, missed=news.missed)

    def _is_meant(self, hub: LockHub, password: Password) -> bool:
        if hub.id not in self._locks.ids:
            return False
        return not self._names or is_one_of(self._names, password.name, password.id)


class CodeDeliveredTrigger(CodeTrigger):
    """The lock confirmed a code."""

    _events = frozenset({CodeEvent.DELIVERED})


class CodeFailedTrigger(CodeTrigger):
    """The lock refused a code, or did not confirm it in time."""

    _events = frozenset({CodeEvent.FAILED, CodeEvent.NOT_DELIVERED})


class CodeFirstUsedTrigger(CodeTrigger):
    """A code opened for the first time; the lock's records tell."""

    _kinds = frozenset({RequestKind.PASSWORDS, RequestKind.RECORDS})
    _events = frozenset({CodeEvent.USED})


class CodeExpiredTrigger(CodeTrigger):
    """A code's time is over."""

    _events = frozenset({CodeEvent.EXPIRED})


class CodeExpiringSoonTrigger(CodeTrigger):
    """A code that opens now ends in as much time as the automation says."""

    options_schema = {
        **PASSWORD_NAMES,
        vol.Optional(CONF_BEFORE, default=_AN_HOUR): cv.positive_time_period,
    }

    @override
    def _async_listen(self) -> CALLBACK_TYPE:
        watch = ExpiryWatch(
            self._hass, self._locks, self._options[CONF_BEFORE], self._handle_expiry
        )
        return watch.async_start()

    @callback
    def _handle_expiry(self, hub: LockHub, password: Password, late: bool) -> None:
        if self._is_meant(hub, password):
            facts = {
                "event": CodeEvent.EXPIRING_SOON.value,
                **at(hub.client.now()),
                **about_code(hub, password),
            }
            self._fire(hub, facts, late=late, missed=False)


class RecordTrigger(LockTrigger):
    """A lock recorded something."""

    @override
    def _async_listen(self) -> CALLBACK_TYPE:
        return async_dispatcher_connect(self._hass, SIGNAL_RECORD, self._handle_record)

    @callback
    def _handle_record(self, hub: LockHub, news: News) -> None:
        if hub.id not in self._locks.ids:
            return
        facts = self._facts(hub, news)
        if facts is not None:
            self._fire(hub, facts, late=news.late, missed=news.missed)

    @abstractmethod
    def _facts(self, hub: LockHub, news: News) -> Facts | None:
        """Return what a record tells, None if the automation doesn't mean it."""


class AlarmRaisedTrigger(RecordTrigger):
    """A lock raised an alarm, or several in a row."""

    _kinds = frozenset({RequestKind.RECORDS})
    options_schema = {
        vol.Optional(CONF_TYPES, default=list): vol.All(
            cv.ensure_list, [vol.In([kind.value for kind in ALARM_TYPES])]
        ),
        vol.Optional(CONF_TIMES, default=1): vol.All(vol.Coerce(int), vol.Range(min=1)),
        vol.Optional(CONF_WITHIN, default=_AN_HOUR): cv.positive_time_period,
        **_MISSED,
    }

    @override
    def _facts(self, hub: LockHub, news: News) -> Facts | None:
        alarm = alarm_of(news.record)
        types = self._options[CONF_TYPES] or ALARM_TYPES
        if alarm is None or alarm.type not in types:
            return None
        row = alarms_in_a_row(
            hub.activity.data.records, alarm, types, self._options[CONF_WITHIN]
        )
        return about_alarm(hub, alarm) if row >= self._options[CONF_TIMES] else None


class UnlockedTrigger(RecordTrigger):
    """Somebody opened the door."""

    _kinds = frozenset({RequestKind.RECORDS, RequestKind.PASSWORDS})
    options_schema = {
        vol.Optional(CONF_MEMBER, default=list): NAME_LIST,
        **PASSWORD_NAMES,
        vol.Optional(CONF_METHOD, default=list): vol.All(
            cv.ensure_list, [vol.In([method.value for method in OpeningMethod])]
        ),
        **_MISSED,
    }

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Initialize the trigger."""
        super().__init__(hass, config)
        self._members = plain_names(self._options.get(CONF_MEMBER, ()))
        self._passwords = plain_names(self._options.get(CONF_PASSWORD, ()))

    @override
    def _facts(self, hub: LockHub, news: News) -> Facts | None:
        opening = hub.opening_of(news.record)
        if opening is None:
            return None
        if (methods := self._options[CONF_METHOD]) and opening.method not in methods:
            return None
        # Nobody is a member and a guest at once: one of the two will do.
        if (self._members or self._passwords) and not (
            is_one_of(self._members, opening.person, opening.user_id)
            or is_one_of(self._passwords, opening.password_name, opening.password_id)
        ):
            return None
        return about_opening(hub, opening)


TRIGGERS: dict[str, type[Trigger]] = {
    "password_delivered": CodeDeliveredTrigger,
    "password_failed": CodeFailedTrigger,
    "password_first_used": CodeFirstUsedTrigger,
    "password_expiring_soon": CodeExpiringSoonTrigger,
    "password_expired": CodeExpiredTrigger,
    "alarm_raised": AlarmRaisedTrigger,
    "unlocked": UnlockedTrigger,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers of the integration."""
    return TRIGGERS
