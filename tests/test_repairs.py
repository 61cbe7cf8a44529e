"""What keeps a whole account out is a repair, which goes when it works again."""

from datetime import timedelta

from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.tuya_lock_manager.const import CONF_ACCESS_SECRET, DOMAIN
from custom_components.tuya_lock_manager.issues import TRAITS, IssueKind
from tests.acting import FRONT_DOOR, check_text
from tests.repairing import TEXTS, FixFlow, kinds, repairs, the_repair
from tests.simulated import Home

LISTING = timedelta(minutes=15, seconds=1)
# A plan that was refused is tried once an hour.
CYCLE = timedelta(minutes=75)

# What the cloud refuses with, and what it is called.
GATES = {
    "plan_expired": "plan_expired",
    "quota": "quota_exhausted",
    "not_authorised:code=28841101": "not_subscribed",
    "not_authorised:code=28841102": "not_subscribed",
    "not_authorised:code=28841105": "not_subscribed",
    "not_authorised:code=28841106": "not_subscribed",
    "not_authorised:code=28841107": "wrong_data_center",
    "not_authorised:code=2007": "wrong_data_center",
    "clock_skew": "clock_wrong",
}
each_gate = pytest.mark.parametrize(("fault", "kind"), GATES.items())
by_kind = pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (fault, kind)
        for fault, kind in GATES.items()
        if fault != "not_authorised:code=2007"
        and (kind != "not_subscribed" or "28841105" in fault)
    ],
)


def _fault(home: Home, fault: str, where: str = "") -> None:
    """Let every call fail, or those of a family."""
    if where:
        fault += f"{',' if ':' in fault else ':'}calls={where}"
    home.world.faults.parse(fault)


def _state(home: Home) -> ConfigEntryState:
    state: ConfigEntryState = home.entry.state
    return state


def test_every_kind_has_a_text() -> None:
    """Nothing is raised without one."""
    assert set(IssueKind) == set(TRAITS)
    assert set(IssueKind) <= set(TEXTS)
    for kind, traits in TRAITS.items():
        assert ("fix_flow" in TEXTS[kind]) is traits.is_fixable


@each_gate
async def test_while_it_runs(home: Home, fault: str, kind: str) -> None:
    """One repair for the account, however many requests fail; it goes by itself."""
    await home.async_setup()
    assert repairs(home) == []
    _fault(home, fault)
    await home.async_pass_in_steps(CYCLE, LISTING)
    issue = the_repair(home)
    assert issue.translation_key == kind
    assert issue.severity is ir.IssueSeverity.ERROR
    assert issue.is_fixable
    assert home.state(FRONT_DOOR) == STATE_UNAVAILABLE

    home.world.faults.remove()
    await home.async_pass_in_steps(CYCLE, LISTING)
    assert repairs(home) == []
    assert home.state(FRONT_DOOR) == "locked"


@by_kind
async def test_at_the_start(home: Home, fault: str, kind: str) -> None:
    """It is there though the account can't be set up, and goes when it can."""
    _fault(home, fault)
    await home.async_setup()
    assert _state(home) is ConfigEntryState.SETUP_RETRY
    assert kinds(home) == [kind]
    home.world.faults.remove()
    await home.async_pass(timedelta(minutes=2))
    assert _state(home) is ConfigEntryState.LOADED
    assert repairs(home) == []


@by_kind
@pytest.mark.parametrize("calls", ["passwords", "records", "members"])
async def test_only_one_kind_of_request(
    home: Home, fault: str, kind: str, calls: str
) -> None:
    """What else works takes nothing back; the kind itself does."""
    _fault(home, fault, calls)
    await home.async_setup()
    assert _state(home) is ConfigEntryState.LOADED
    # Members are read once a day: what the others suffer, too, is theirs to tell.
    told = calls != "members" or kind == "not_subscribed"
    assert kinds(home) == ([kind] if told else [])
    await home.async_pass_in_steps(timedelta(hours=1), LISTING)
    assert kinds(home) == ([kind] if told else [])
    home.world.faults.remove()
    await home.async_pass_in_steps(timedelta(days=1), timedelta(hours=6))
    assert repairs(home) == []


async def test_an_action_tells_it_first(home: Home) -> None:
    """What a user's action suffers is told at once; the next reading takes it back."""
    await home.async_setup()
    home.world.faults.parse("quota:count=1,calls=passwords")
    with pytest.raises(HomeAssistantError) as caught:
        await home.async_act("create_temp_password", FRONT_DOOR, name="Ann")
    check_text(caught.value, "quota_exhausted")
    assert kinds(home) == ["quota_exhausted"]
    await home.async_pass_in_steps(CYCLE, LISTING)
    assert repairs(home) == []


async def test_reading_for_an_action_tells_it(home: Home) -> None:
    """So does an action that only reads."""
    await home.async_setup()
    home.world.faults.parse("plan_expired:calls=records")
    with pytest.raises(HomeAssistantError):
        await home.async_act("list_records", FRONT_DOOR)
    assert kinds(home) == ["plan_expired"]


async def test_one_follows_another(home: Home) -> None:
    """What is wrong now is shown, and nothing else."""
    await home.async_setup()
    _fault(home, "plan_expired")
    await home.async_pass_in_steps(CYCLE, LISTING)
    home.world.faults.remove()
    _fault(home, "quota")
    await home.async_pass_in_steps(CYCLE, LISTING)
    assert kinds(home) == ["quota_exhausted"]


async def test_no_answer_is_no_answer(home: Home) -> None:
    """An outage neither raises a repair nor takes one back."""
    await home.async_setup()
    _fault(home, "plan_expired")
    await home.async_pass_in_steps(CYCLE, LISTING)
    home.world.faults.remove()
    for fault in ("http_5xx", "broken_json", "throttled", "expired_token"):
        _fault(home, fault)
        await home.async_pass_in_steps(CYCLE, LISTING)
        assert kinds(home) == ["plan_expired"]
        home.world.faults.remove()
    await home.async_pass_in_steps(CYCLE, LISTING)
    assert repairs(home) == []
    _fault(home, "http_5xx")
    await home.async_pass_in_steps(CYCLE, LISTING)
    assert repairs(home) == []


async def test_another_refusal_shows_that_it_is_over(home: Home) -> None:
    """Whoever is told something else about the request got through to the cloud."""
    await home.async_setup()
    _fault(home, "plan_expired", "records")
    await home.async_pass_in_steps(CYCLE, LISTING)
    home.world.faults.remove()
    _fault(home, "not_authorised:code=1106", "records")
    await home.async_pass_in_steps(CYCLE, LISTING)
    assert repairs(home) == []


async def test_a_restart_in_between(home: Home) -> None:
    """It is there again after a reload, also if it was ignored before."""
    _fault(home, "quota", "records")
    await home.async_setup()
    issue = the_repair(home)
    ir.async_ignore_issue(home.hass, DOMAIN, issue.issue_id, ignore=True)
    await home.async_restart()
    assert the_repair(home).dismissed_version is not None


@pytest.mark.parametrize("end", ["remove", "disable"])
async def test_the_account_goes(home: Home, end: str) -> None:
    """Its repairs go with it."""
    await home.async_setup()
    _fault(home, "plan_expired")
    await home.async_pass_in_steps(CYCLE, LISTING)
    assert kinds(home) == ["plan_expired"]
    entries = home.hass.config_entries
    if end == "remove":
        await entries.async_remove(home.entry.entry_id)
    else:
        await entries.async_set_disabled_by(
            home.entry.entry_id, ConfigEntryDisabler.USER
        )
    assert repairs(home) == []


async def test_a_wrong_clock(home: Home) -> None:
    """The client allows for it, Home Assistant's own times are wrong all the same."""
    await home.async_setup()
    home.world.clock.advance(299)
    await home.async_pass(LISTING)
    assert repairs(home) == []
    home.world.clock.advance(3600)
    await home.async_pass(LISTING)
    assert kinds(home) == ["clock_wrong"]
    assert home.state(FRONT_DOOR) == "locked"


@by_kind
async def test_asked_to_check(
    home: Home, hass_client: ClientSessionGenerator, fault: str, kind: str
) -> None:
    """The fix flow asks once, says that it is still so, and closes when it is over."""
    await home.async_setup()
    _fault(home, fault)
    await home.async_pass_in_steps(CYCLE, LISTING)
    flow = FixFlow(home, hass_client)
    form = await flow.async_start(the_repair(home))
    assert (form["type"], form["step_id"]) == ("form", "confirm")
    assert form["description_placeholders"]["account"] == home.entry.title
    if kind != "wrong_data_center":
        home.world.requests.clear()
        still = await flow.async_submit()
        assert still["errors"] == {"base": "still_so"}
        assert home.world.requests.entries
        assert kinds(home) == [kind]
        home.world.faults.remove()
        _fault(home, "http_5xx")
        assert (await flow.async_submit())["errors"] == {"base": "not_checked"}
        assert kinds(home) == [kind]
    home.world.faults.remove()
    assert (await flow.async_submit())["type"] == "create_entry"
    assert repairs(home) == []
    # Everything goes on at once.
    assert home.state(FRONT_DOOR) == "locked"
    assert home.state("sensor.front_door_active_passwords") == "0"
    assert home.state("sensor.front_door_unread_alarms") == "1"


@by_kind
async def test_asked_to_check_an_account_that_is_not_set_up(
    home: Home, hass_client: ClientSessionGenerator, fault: str, kind: str
) -> None:
    """Checking sets it up."""
    _fault(home, fault)
    await home.async_setup()
    flow = FixFlow(home, hass_client)
    await flow.async_start(the_repair(home))
    if kind != "wrong_data_center":
        assert (await flow.async_submit())["errors"] == {"base": "still_so"}
        home.world.faults.remove()
        _fault(home, "http_5xx")
        assert (await flow.async_submit())["errors"] == {"base": "not_checked"}
    home.world.faults.remove()
    assert (await flow.async_submit())["type"] == "create_entry"
    assert repairs(home) == []
    assert _state(home) is ConfigEntryState.LOADED


@pytest.mark.parametrize("calls", ["passwords", "records", "members"])
async def test_checking_asks_what_was_refused(
    home: Home, hass_client: ClientSessionGenerator, calls: str
) -> None:
    """Not something else, which would work."""
    _fault(home, "not_authorised", calls)
    await home.async_setup()
    flow = FixFlow(home, hass_client)
    await flow.async_start(the_repair(home))
    assert (await flow.async_submit())["errors"] == {"base": "still_so"}
    home.world.faults.remove()
    assert (await flow.async_submit())["type"] == "create_entry"
    assert repairs(home) == []


async def test_checking_a_clock(
    home: Home, hass_client: ClientSessionGenerator
) -> None:
    """The clocks are compared anew."""
    await home.async_setup()
    home.world.clock.advance(3600)
    await home.async_pass(LISTING)
    flow = FixFlow(home, hass_client)
    await flow.async_start(the_repair(home))
    assert (await flow.async_submit())["errors"] == {"base": "still_so"}
    home.world.clock.advance(-3600)
    assert (await flow.async_submit())["type"] == "create_entry"
    assert repairs(home) == []


async def test_a_wrong_data_center(
    home: Home, hass_client: ClientSessionGenerator
) -> None:
    """While Tuya refuses, the form follows in which another one can be chosen."""
    await home.async_setup()
    _fault(home, "not_authorised:code=28841107")
    await home.async_pass(LISTING)
    flow = FixFlow(home, hass_client)
    await flow.async_start(the_repair(home))
    result = await flow.async_submit()
    assert (result["type"], result["reason"]) == ("abort", "reconfigure")
    kind, flow_id = result["next_flow"]
    assert kind == "config_flow"
    (progress,) = home.hass.config_entries.flow.async_progress()
    assert progress["flow_id"] == flow_id
    assert progress["context"]["entry_id"] == home.entry.entry_id
    assert progress["step_id"] == "reconfigure"
    assert kinds(home) == ["wrong_data_center"]


async def test_no_secret_in_a_repair(home: Home) -> None:
    """Neither the secret, nor a token, nor the Access ID, nor a guest."""
    await home.async_setup()
    await home.async_act("create_temp_password", FRONT_DOOR, name="Zebedee")
    _fault(home, "plan_expired")
    await home.async_pass_in_steps(CYCLE, LISTING)
    (issue,) = (one for one in repairs(home) if one.translation_key == "plan_expired")
    text = repr(issue)
    assert str(home.entry.data[CONF_ACCESS_SECRET]) not in text
    assert str(home.entry.data["access_id"]) not in text
    assert "Zebedee" not in text
