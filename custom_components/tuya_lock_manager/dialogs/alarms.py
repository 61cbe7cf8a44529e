"""Look at the alarms that nobody has read, and mark them as read."""

from collections.abc import Mapping
from functools import partial

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.exceptions import HomeAssistantError
import voluptuous as vol

from ..actions.records import async_mark_read
from ..exceptions import failed, refused
from ..hub import LockHub
from ..recent import unread_alarms_of
from .base import LockDialog, Submitted, parted
from .fields import FIELD_LOCKS, choice
from .markdown import escaped, listed, paragraphs
from .words import Words

# So many of a lock's alarms are named.
_MOST = 10


class AlarmSteps(LockDialog):
    """The pages on alarms."""

    async def async_step_alarms(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Show the unread alarms, and ask which locks' are to count as read."""
        if user_input is not None:
            return await self.async_once(partial(self._async_mark, user_input))
        try:
            hubs = self.hubs()
            unread = _unread(hubs)
        except HomeAssistantError as err:
            return await self.async_show_problem(err)
        words = await Words.async_load(self.hass)
        names = {lock: self.lock_name(lock) for lock in unread}
        return self.async_show_form(
            step_id="alarms",
            data_schema=vol.Schema(
                {
                    vol.Required(FIELD_LOCKS, default=list(names)): choice(
                        names, multiple=True
                    )
                }
            ),
            description_placeholders={
                "alarms": paragraphs(
                    _alarms(words, names[lock], hubs[lock]) for lock in unread
                ),
            },
        )

    async def _async_mark(self, entered: Submitted) -> ConfigFlowResult:
        outcomes = await self.async_work(entered[FIELD_LOCKS], async_mark_read)
        done, errors = parted(outcomes)
        words = await Words.async_load(self.hass)
        lines = [
            words.say(
                "alarms_marked",
                lock=escaped(self.lock_name(lock)),
                count=str(result["marked"]),
            )
            for lock, result in done.items()
        ]
        told = paragraphs((listed(lines), self.failures(words, errors)))
        text = told or words.say("alarms_left")
        return self.show_page("result", text=text)


def _unread(hubs: Mapping[str, LockHub]) -> list[str]:
    """Return the locks with unread alarms.

    Raises HomeAssistantError where there is none, and while nobody can tell.
    """
    silent = [hub for hub in hubs.values() if not hub.activity.has_answer]
    unread = [
        lock
        for lock, hub in hubs.items()
        if hub.activity.has_answer and hub.activity.data.unread_alarms
    ]
    if not unread and silent:
        raise failed("records_not_read", lock=silent[0].name)
    if not unread:
        raise refused("no_unread_alarms")
    return unread


def _alarms(words: Words, name: str, hub: LockHub) -> str:
    """Return the unread alarms of a lock, the newest first, as Markdown."""
    lines = [
        f"{words.moment(alarm.time)}: {words.alarm(alarm.type)}"
        for alarm in unread_alarms_of(hub)
    ]
    more = hub.activity.data.unread_alarms - len(lines[:_MOST])
    if more > 0:
        lines = [*lines[:_MOST], words.say("alarms_more", count=str(more))]
    return paragraphs((f"**{escaped(name)}**", listed(lines)))
