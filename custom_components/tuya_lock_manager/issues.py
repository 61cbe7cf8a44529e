"""Repairs of an account: what its owner can mend, shown until it works again.

Other modules raise and withdraw them here, by kind and by what they are about. The texts
are in the translations under `issues`, the fix flows in repairs.py.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN
from .domain.budget import PlanState
from .exceptions import error_key
from .tuya_cloud import TuyaCloudError

# It stands outside the translations, so that nobody translates it.
PLATFORM_URL = "https://platform.tuya.com/cloud/"

# Tuya refuses requests whose time is further off than this.
CLOCK_TOLERANCE = timedelta(minutes=5)


class IssueKind(StrEnum):
    """What can be wrong. The first ones are also the keys of the cloud's errors."""

    PLAN_EXPIRED = "plan_expired"
    QUOTA_EXHAUSTED = "quota_exhausted"
    NOT_SUBSCRIBED = "not_subscribed"
    WRONG_DATA_CENTER = "wrong_data_center"
    CLOCK_WRONG = "clock_wrong"
    LOCK_FULL = "lock_full"
    LOCK_UNREACHABLE = "lock_unreachable"


@dataclass(frozen=True, slots=True)
class IssueTraits:
    """How bad a kind is, and whether Home Assistant can do something about it."""

    severity: ir.IssueSeverity
    is_fixable: bool


TRAITS = {
    **dict.fromkeys(
        (
            IssueKind.PLAN_EXPIRED,
            IssueKind.QUOTA_EXHAUSTED,
            IssueKind.NOT_SUBSCRIBED,
            IssueKind.WRONG_DATA_CENTER,
            IssueKind.CLOCK_WRONG,
        ),
        IssueTraits(ir.IssueSeverity.ERROR, is_fixable=True),
    ),
    IssueKind.LOCK_FULL: IssueTraits(ir.IssueSeverity.WARNING, is_fixable=False),
    IssueKind.LOCK_UNREACHABLE: IssueTraits(ir.IssueSeverity.WARNING, is_fixable=False),
}

# What keeps out every request of a kind, whatever lock it is about.
GATES = frozenset(
    {
        IssueKind.PLAN_EXPIRED,
        IssueKind.QUOTA_EXHAUSTED,
        IssueKind.NOT_SUBSCRIBED,
        IssueKind.WRONG_DATA_CENTER,
        IssueKind.CLOCK_WRONG,
    }
)
_REFUSALS = {
    PlanState.USED_UP: IssueKind.QUOTA_EXHAUSTED,
    PlanState.EXPIRED: IssueKind.PLAN_EXPIRED,
}
# Errors after which nobody knows whether a gate is open.
_NO_ANSWER = frozenset(
    {
        "cannot_connect",
        "cloud_error",
        "invalid_credentials",
        "throttled",
        "token_refused",
    }
)


class RequestKind(StrEnum):
    """What is asked of the cloud, as far as gates tell it apart.

    Tuya sells devices and locks as two services. Actions count as passwords, which are
    read anew after each of them and now and then. The clock is compared, not asked.
    """

    DEVICES = "devices"
    PASSWORDS = "passwords"
    RECORDS = "records"
    MEMBERS = "members"
    CLOCK = "clock"


class AccountIssues:
    """The repairs of one account, one for each kind and subject.

    It outlives reloads, because the account may fail to be set up for the same reason.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Initialize with nothing known to be wrong."""
        self._hass = hass
        self._entry = entry
        self._closed: dict[RequestKind, IssueKind] = {}

    @callback
    def async_raise(
        self, kind: IssueKind, subject: str = "", **placeholders: str
    ) -> None:
        """Show a repair, or bring its text up to date.

        `subject` is what it is about, if not the account: the id of a lock, or one that
        begins with it and an underscore. Placeholders must name no guest, no secret.
        """
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            self.issue_id(kind, subject),
            data={
                "entry_id": self._entry.entry_id,
                "kind": kind.value,
                "subject": subject,
            },
            is_fixable=TRAITS[kind].is_fixable,
            is_persistent=False,
            severity=TRAITS[kind].severity,
            translation_key=kind.value,
            translation_placeholders={
                "account": self._entry.title,
                "platform_url": PLATFORM_URL,
                **placeholders,
            },
        )

    @callback
    def async_withdraw(self, kind: IssueKind, subject: str = "") -> None:
        """Take a repair back, if there is one."""
        ir.async_delete_issue(self._hass, DOMAIN, self.issue_id(kind, subject))

    @callback
    def async_withdraw_lock(self, device_id: str) -> None:
        """Take all repairs of a lock back, whoever raised them: it is gone."""
        for issue_id in self._issue_ids():
            if f"_{device_id}_" in f"{issue_id}_":
                ir.async_delete_issue(self._hass, DOMAIN, issue_id)

    @callback
    def async_withdraw_all(self) -> None:
        """Take all repairs of the account back."""
        self._closed.clear()
        for issue_id in self._issue_ids():
            ir.async_delete_issue(self._hass, DOMAIN, issue_id)

    def _issue_ids(self) -> list[str]:
        beginning = f"{self._entry.entry_id}_"
        return [
            issue_id
            for domain, issue_id in ir.async_get(self._hass).issues
            if domain == DOMAIN and issue_id.startswith(beginning)
        ]

    def issue_id(self, kind: IssueKind, subject: str = "") -> str:
        """Return what tells a repair from all others."""
        return "_".join(filter(None, (self._entry.entry_id, kind, subject)))

    @callback
    def async_failed(self, request: RequestKind, err: TuyaCloudError) -> None:
        """Note that a request failed; what the whole account suffers is a repair."""
        key = error_key(err)
        if request is RequestKind.MEMBERS and key != IssueKind.NOT_SUBSCRIBED:
            return  # read once a day, so others know sooner when it is over
        if key in GATES:
            self._async_note(request, IssueKind(key))
        elif key not in _NO_ANSWER and err.code is not None:
            # The cloud looked at the request itself, so no gate kept it out.
            self._async_note(request, None)

    @callback
    def async_worked(self, request: RequestKind) -> None:
        """Note that a request worked; a repair goes with the last request that didn't."""
        self._async_note(request, None)

    @callback
    def async_plan_refused(self, state: PlanState) -> None:
        """Show what an earlier run was told of the plan; the next list says if it is over."""
        if (kind := _REFUSALS.get(state)) is not None:
            self._async_note(RequestKind.DEVICES, kind)

    @callback
    def async_compare_clocks(self, drift: timedelta) -> None:
        """Note how far the cloud's clock is ahead of the machine's.

        The client allows for it, but Home Assistant's own times are wrong.
        """
        wrong = abs(drift) > CLOCK_TOLERANCE
        self._async_note(RequestKind.CLOCK, IssueKind.CLOCK_WRONG if wrong else None)

    def requests_kept_out(self, kind: IssueKind) -> list[RequestKind]:
        """Return the kinds of requests that were refused last for this reason."""
        return [request for request, gate in self._closed.items() if gate is kind]

    def is_kept_out(self, request: RequestKind, kind: IssueKind) -> bool:
        """Return whether requests of a kind were refused last for this reason."""
        return self._closed.get(request) is kind

    @callback
    def async_solved(self, kind: IssueKind) -> None:
        """Take back what was asked about and is no longer so."""
        for request in self.requests_kept_out(kind):
            self._async_note(request, None)
        self.async_withdraw(kind)

    @callback
    def _async_note(self, request: RequestKind, gate: IssueKind | None) -> None:
        before = self._closed.pop(request, None)
        if gate is not None:
            self._closed[request] = gate
            self.async_raise(gate)
        if before is not None and before not in self._closed.values():
            self.async_withdraw(before)


_ACCOUNTS: HassKey[dict[str, AccountIssues]] = HassKey(f"{DOMAIN}_issues")


@callback
def account_issues(hass: HomeAssistant, entry: ConfigEntry) -> AccountIssues:
    """Return the repairs of an account, loaded or not."""
    accounts = hass.data.setdefault(_ACCOUNTS, {})
    return accounts.setdefault(entry.entry_id, AccountIssues(hass, entry))


@callback
def async_forget_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take back all repairs of an account that is removed or disabled."""
    account_issues(hass, entry).async_withdraw_all()
    del hass.data[_ACCOUNTS][entry.entry_id]
