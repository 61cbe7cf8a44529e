"""Repairs of guest calendars: what is wrong with one, as long as it is so.

Every user of the house can read a repair, so it says of a guest only what the guest
calendar shows. The texts are in the translations, the fix flows in repairs.py.
"""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from ..code_issues import ENTRY_ID, KIND, SUBJECT
from ..const import DOMAIN
from ..dialogs.markdown import harmless
from .keeper import GuestKeeper
from .shown import GuestProblem, GuestTrouble

# What the data of a repair says about itself, beside those of codes.
ABOUT_GUESTS = "guests"
SUBENTRY_ID, PROBLEM = "subentry_id", "problem"

# The repair for each problem, and whether a guest may stand before a closed door.
KEYS: dict[str, tuple[str, ir.IssueSeverity]] = {
    "calendar_missing": ("guest_calendar_missing", ir.IssueSeverity.ERROR),
    "lock_missing": ("guest_lock_missing", ir.IssueSeverity.ERROR),
    "not_ready": ("guest_not_ready", ir.IssueSeverity.ERROR),
    "feed_failing": ("guest_feed_failing", ir.IssueSeverity.WARNING),
    "feed_empty": ("guest_feed_empty", ir.IssueSeverity.WARNING),
    "random_digits": ("guest_random_digits", ir.IssueSeverity.WARNING),
    "not_sent": ("guest_not_sent", ir.IssueSeverity.ERROR),
    "code_stays": ("guest_code_stays", ir.IssueSeverity.ERROR),
}


class GuestIssues:
    """The repairs of one guest calendar."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, keeper: GuestKeeper
    ) -> None:
        """Take the guest calendar; what was raised before a reload is in the registry."""
        self._hass = hass
        self._entry = entry
        self._keeper = keeper

    @callback
    def async_start(self) -> CALLBACK_TYPE:
        """Follow the guest calendar; return what ends that."""
        return self._keeper.async_add_listener(self._handle_change)

    @callback
    def _handle_change(self) -> None:
        """Raise what is wrong now, and take back what is not any more.

        What was wrong before a reload stays until it is known: whoever ignores a repair
        would else see it again.
        """
        subentry_id = self._keeper.subentry.subentry_id
        wanted = {
            self._issue_id(trouble): trouble for trouble in self._keeper.state.troubles
        }
        for issue in guest_issues(self._hass, self._entry, subentry_id):
            if issue.issue_id not in wanted and self._keeper.has_looked:
                ir.async_delete_issue(self._hass, DOMAIN, issue.issue_id)
        for issue_id, trouble in wanted.items():
            self._raise(issue_id, trouble)

    def _issue_id(self, trouble: GuestTrouble) -> str:
        return "_".join(
            filter(
                None,
                (
                    self._entry.entry_id,
                    ABOUT_GUESTS,
                    self._keeper.subentry.subentry_id,
                    trouble.problem,
                    trouble.subject,
                ),
            )
        )

    def _raise(self, issue_id: str, trouble: GuestTrouble) -> None:
        key, severity = KEYS[trouble.problem]
        check_in = dt_util.as_local(trouble.check_in) if trouble.check_in else None
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            issue_id,
            data={
                KIND: ABOUT_GUESTS,
                ENTRY_ID: self._entry.entry_id,
                SUBENTRY_ID: self._keeper.subentry.subentry_id,
                PROBLEM: trouble.problem.value,
                SUBJECT: trouble.subject,
            },
            is_fixable=trouble.problem != GuestProblem.RANDOM_DIGITS,
            is_persistent=False,
            severity=severity,
            translation_key=key,
            translation_placeholders={
                "calendar": harmless(self._keeper.subentry.title),
                "guest": harmless(trouble.guest or "-"),
                "lock": harmless(trouble.lock or "-"),
                "check_in": f"{check_in:%Y-%m-%d %H:%M}" if check_in else "-",
                "reason": harmless(trouble.reason or "-"),
            },
        )


def guest_issues(
    hass: HomeAssistant, entry: ConfigEntry, subentry_id: str | None = None
) -> list[ir.IssueEntry]:
    """Return the repairs about the guest calendars of an account, or about one of them."""
    return [
        issue
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN
        and issue.data is not None
        and issue.data.get(KIND) == ABOUT_GUESTS
        and issue.data.get(ENTRY_ID) == entry.entry_id
        and subentry_id in {None, issue.data.get(SUBENTRY_ID)}
    ]


@callback
def async_withdraw_gone(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take back the repairs of guest calendars that were removed."""
    for issue in guest_issues(hass, entry):
        if (issue.data or {}).get(SUBENTRY_ID) not in entry.subentries:
            ir.async_delete_issue(hass, DOMAIN, issue.issue_id)


def has_trouble(keeper: GuestKeeper, problem: GuestProblem, subject: str) -> bool:
    """Return whether a guest calendar still has a trouble."""
    return any(
        (trouble.problem, trouble.subject) == (problem, subject)
        for trouble in keeper.state.troubles
    )
