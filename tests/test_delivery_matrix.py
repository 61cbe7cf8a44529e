"""Every family, kind of code, change and outcome: what is said is what the lock does."""

import asyncio
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest

from simulator.locks.codes import StoredCode
from simulator.locks.delivery import deliver, wake
from simulator.locks.passwords import Outcome
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    OFFICE,
    TEXTS,
    async_list,
    result_of,
)
from tests.leaping import leaping
from tests.simulated import Home
from tests.walking import SHUT

MINUTE, HOUR = 60.0, 3600.0
EVERY_DAY = {
    "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    "daily_start": "00:00",
    "daily_end": "23:59",
    "accept_unenforced": True,
}
KINDS: dict[str, dict[str, Any]] = {
    "custom": {},
    "one_time": {"one_time": True},
    "periodic": EVERY_DAY,
    "template": {},
}
CHANGES: dict[str, dict[str, Any]] = {
    "create": {},
    "extend": {"duration": {"hours": 20}},
    "shorten": {"duration": {"hours": 3}},
    "digits": {"new_code": True},
    "rename": {"new_name": "Amy"},
    "freeze": {"frozen": True},
    "unfreeze": {"frozen": False},
    "delete": {},
}
REFUSALS = {
    "failed": Outcome.FAILED,
    "duplicate": Outcome.DUPLICATE,
    "full": Outcome.FULL,
    "overlap": Outcome.OVERLAP,
}
LOSSES = {"lost": "reset_after", "late answer": "timeout_after", "not done": "reset"}
OUTCOMES = ("done", "never", *REFUSALS, *LOSSES)
ON_ITS_WAY = {"failed", "pending", "unconfirmed", "removing"}


@dataclass
class Trial:
    """One code of one lock, one change of it, and what becomes of that."""

    home: Home
    lock: str
    kind: str
    change: str
    outcome: str
    wrong: list[str] = field(default_factory=list)
    id: str | None = None
    digits: list[str | None] = field(default_factory=list)
    is_told: bool = False

    @property
    def stored(self) -> StoredCode | None:
        """Return what the lock has of it."""
        return self.home.lock(self.lock).code_of(int(self.id)) if self.id else None

    async def async_act(self, action: str, **data: Any) -> dict[str, Any]:
        """Act at the lock and return its result."""
        response = await self.home.async_act(action, self.lock, **data)
        return dict(result_of(response, self.lock))

    async def async_create(self) -> None:
        """Make the code."""
        template = self.kind == "template"
        action = "create_template_password" if template else "create_temp_password"
        data = {"name": "Ann", "duration": {"hours": 9}, **KINDS[self.kind]}
        made = await self.async_act(action, **data)
        self.id, self.digits = str(made["id"]), [made["code"]]

    async def async_change(self) -> None:
        """Ask for the change."""
        data = {"password": self.id, **CHANGES[self.change]}
        match self.change:
            case "create":
                await self.async_create()
            case "delete":
                await self.async_act("delete_password", **data)
            case "freeze" | "unfreeze":
                await self.async_act("freeze_password", **data)
            case _:
                changed = await self.async_act("update_password", **data)
                if self.change == "digits":
                    self.digits.append(changed["code"])

    async def async_begin(self) -> None:
        """Have on the lock what is to be changed."""
        if self.change == "create":
            return
        await self.async_create()
        await self.async_wait(15, awake=True)
        if self.change == "unfreeze":
            await self.async_act("freeze_password", password=self.id, frozen=True)
            await self.async_wait(15, awake=True)
        assert self.stored is not None

    async def async_wait(self, seconds: float, *, awake: bool) -> None:
        """Let time pass, at a lock that somebody has touched or not."""
        lock = self.home.lock(self.lock)
        if awake:
            wake(lock, lock.now)
        await asyncio.sleep(seconds)

    def spoil(self) -> None:
        """Let come to pass what is to become of the change."""
        world, lock = self.home.world, self.home.lock(self.lock)
        if refusal := REFUSALS.get(self.outcome):
            lock.forced.append(refusal)
        if self.outcome == "never":
            world.around.switches.set("delivery_seconds", "90000")
        if loss := LOSSES.get(self.outcome):
            for method in ("POST", "PUT", "DELETE"):
                path = f"*{lock.id}*temp-password*"
                world.faults.parse(f"{loss}:path={path},method={method},count=1")

    async def async_run(self) -> None:
        """Change the code, and hold what is said against the lock until it is gone."""
        await self.async_begin()
        await asyncio.sleep(70)  # a sleeping lock falls asleep
        self.spoil()
        self.home.world.requests.clear()
        try:
            await self.async_change()
        except HomeAssistantError as err:
            self.is_told = True
            self.check(err.translation_key in TEXTS, f"ended with {err!r}")
        sent = [
            request
            for request in self.home.world.requests.entries
            if request.method != "GET" and "ticket" not in request.path
        ]
        self.check(len(sent) == 1, f"sent {len(sent)} times")
        self.home.world.faults.remove()
        await self.async_wait(2 * MINUTE, awake=self.outcome != "never")
        await self.async_judge()
        await self.async_wait(31 * MINUTE, awake=self.outcome != "never")
        await self.async_judge()
        self.home.world.around.switches.set("delivery_seconds", "3")
        self.home.lock(self.lock).forced.clear()
        lock = self.home.lock(self.lock)
        deliver(lock, lock.now)
        await self.async_wait(HOUR, awake=True)
        await self.async_judge()

    async def async_judge(self) -> None:
        """Hold what is said of the code against the memory of the lock."""
        rows = await async_list(self.home, self.lock)
        self.check(len(rows) <= 1, "listed twice")
        row: dict[str, Any] = dict(rows[0]) if rows else {"status": "gone"}
        lock, stored, status = self.home.lock(self.lock), self.stored, row["status"]
        own, zone = lock.own_time(lock.now), lock.device.time_zone
        opens = stored is not None and stored.refusal(own, zone) is None
        if row.get("change") is None:
            self.check(opens or status != "active", "called active, but shut")
            shut = SHUT | {"frozen"}
            self.check(not opens or status not in shut, f"called {status}, but opens")
        if stored is not None and status in {"active", "scheduled"}:
            shown = [dt_util.parse_datetime(str(row[key])) for key in ("start", "end")]
            window = [moment.timestamp() for moment in shown if moment is not None]
            self.check(window == [stored.start, stored.end], f"shows {window}")
            sure = row.get("change") is None and not self.is_told
            known = not sure or stored.digits in self.digits[-1:]
            self.check(known, "has other digits than were told")
        said = status in ON_ITS_WAY or row.get("change") is not None or self.is_told
        self.check(self._is_done(stored) or said, f"not done, and {status} is said")

    def _is_done(self, stored: StoredCode | None) -> bool:
        """Tell whether the lock does what was asked for last."""
        match self.change:
            case "delete":
                return stored is None
            case "freeze" | "unfreeze":
                return stored is not None and stored.frozen is (self.change == "freeze")
            case "digits":
                return stored is not None and stored.digits == self.digits[-1]
            case "extend" | "shorten":
                hours = {"extend": 20, "shorten": 3}[self.change]
                length = stored.end - stored.start if stored else 0
                return abs(length - hours * HOUR) < 5 * MINUTE
            case _:
                return stored is not None

    def check(self, holds: bool, complaint: str) -> None:
        """Note what does not hold."""
        if not holds:
            what = f"{self.lock} {self.kind} {self.change} {self.outcome}"
            self.wrong.append(f"{what}: {complaint}")

    async def async_wipe(self) -> None:
        """Leave nothing for the next one."""
        lock = self.home.lock(self.lock)
        for password_id in list(lock.book.live):
            lock.book.remove(password_id, lock.now)
        lock.codes.clear()
        lock.orders.clear()
        hub = self.home.entry.runtime_data.locks[lock.id]
        hub.memory.issued.clear()
        hub.memory.journal.clear()
        await hub.passwords.async_refresh()


def _exists(lock: str, change: str, outcome: str) -> bool:
    """Tell whether there is such a thing: only Zigbee freezes, no lock refuses to delete."""
    if change in {"freeze", "unfreeze"} and lock != FRONT_DOOR:
        return False
    return change != "delete" or outcome not in REFUSALS


@pytest.mark.long
@pytest.mark.parametrize("numbering", ["family", "combined", "combined_waiting"])
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, OFFICE, GARDEN_GATE])
async def test_every_combination(home: Home, lock: str, numbering: str) -> None:
    """Whatever numbers the cloud gives to the steps of a delivery."""
    home.world.around.switches.set("phase_numbering", numbering)
    await home.async_setup()
    wrong: list[str] = []
    with leaping(home):
        for kind, change, outcome in product(KINDS, CHANGES, OUTCOMES):
            if _exists(lock, change, outcome):
                trial = Trial(home, lock, kind, change, outcome, wrong)
                await trial.async_run()
                await trial.async_wipe()
    assert not wrong, "\n".join(wrong)
