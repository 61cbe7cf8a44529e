"""The guests of a soak test: each asks for codes, changes them, comes to the door, leaves."""

from homeassistant.util import dt as dt_util

from simulator.locks.keypad import type_code
from tests.soak_book import Promise
from tests.soaking import DAY, HOUR, UNKNOWN, Answer, Soak

# How often of a hundred guests have which kind.
KINDS = {
    "custom": 45,
    "template": 12,
    "time_limited": 22,
    "one_time": 14,
    "dynamic": 7,
}
MINUTE = 60.0
# What is answered to a deletion: the lock has yet to take it, or nothing is left to take.
GOING = {"removing", "removed", "used", "expired", "failed"}
MOST_TRIES = 6
# So many have booked ahead whatever chance says, so that some codes wait for their window.
BOOKED_AHEAD = 4


class Guest:
    """Somebody with one code on one lock, or the same on two."""

    def __init__(self, soak: Soak, number: int, days: float) -> None:
        """Draw what the guest wants; guests come up to two days before the end."""
        self.soak = soak
        self.rng = rng = soak.rng("guest", number)
        self.name = f"Guest {number}"
        self.reference = f"booking-{number}" if rng.random() < 0.4 else None
        self.comes = soak.now + rng.uniform(0.01, max(days - 0.5, 0.1)) * DAY
        self.has_booked = number < BOOKED_AHEAD
        drawn = rng.choices(list(KINDS), list(KINDS.values()))[0]
        self.kind = "custom" if self.has_booked else drawn
        count = 2 if self.kind != "dynamic" and rng.random() < 0.15 else 1
        self.locks = rng.sample(sorted(soak.locks), count)

    async def async_live(self) -> None:
        """Live from the first wish to after the end."""
        await self.soak.async_until(self.comes)
        self.soak.counts["guests"] += 1
        data = self._wish()
        made = [
            promise
            for lock in self.locks
            if (promise := await self._async_create(lock, data)) is not None
        ]
        if self.reference and made and self.rng.random() < 0.7:
            await self._async_ask_again(made[0], data)
        for promise in made:
            await self._async_stay(promise)

    def _wish(self) -> dict[str, object]:
        """Return what is asked for: absolute times, so that it is the same next time."""
        rng, now = self.rng, self.soak.now
        data: dict[str, object] = {"name": self.name}
        if self.kind == "template":
            data["one_time"] = rng.random() < 0.1
        else:
            data["type"] = self.kind
        if self.kind in {"custom", "template", "time_limited"}:
            ahead = 30 if self.has_booked else rng.choice((0, 0, 2, 30))
            if self.kind == "time_limited":
                ahead = 0
            start = now + ahead * HOUR
            end = start + rng.choice((4, 12, 30, 80, 150)) * HOUR
            data["start"], data["end"] = self._local(start), self._local(end)
        if self.kind == "custom":
            data["one_time"] = rng.random() < 0.1
            if rng.random() < 0.1:
                data["weekdays"] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
                data["daily_start"], data["daily_end"] = "06:00:00", "23:30:00"
            if rng.random() < 0.2:
                data["wait_for_delivery"] = True
        if self.reference and self.kind in {"custom", "time_limited", "one_time"}:
            data["reference"] = self.reference
        else:
            self.reference = None
        return data

    def _local(self, moment: float) -> str:
        return self.soak.home.local(moment).strftime("%Y-%m-%d %H:%M:%S")

    async def _async_send(self, lock: str, data: dict[str, object]) -> Answer:
        template = self.kind == "template"
        action = "create_template_password" if template else "create_temp_password"
        return await self.soak.async_act(action, lock, **data)

    async def _async_create(self, lock: str, data: dict[str, object]) -> Promise | None:
        """Ask until there is a code, or an offline one of which nobody knows."""
        promise = Promise(lock, self.kind, [self.name])
        promise.one_time = bool(data.get("one_time"))
        self.soak.promises.append(promise)
        for _ in range(MOST_TRIES):
            answer = await self._async_send(lock, data)
            promise.note(
                self.soak.text(self.soak.now),
                f"create: {answer.error or (answer.result or {}).get('status')}",
            )
            if answer.result is not None:
                _fulfil(promise, answer.result)
                return promise
            if answer.error in UNKNOWN or answer.error in {
                "twin_password",
                "not_settled_yet",
            }:
                promise.doubt("create", self.soak.now)
                if not promise.is_online:
                    return None
            if answer.error in {
                *("offline_codes_unsupported", "online_codes_need_gateway"),
                *("dynamic_codes_unsupported", "schedule_not_enforced"),
                *("templates_unsupported", "window_in_past", "schedule_not_kept"),
            }:
                break
            await self.soak.async_until(
                self.soak.now + self.rng.uniform(2, 50) * MINUTE
            )
        return await self._async_adopt(promise) if promise.doubts else None

    async def _async_adopt(self, promise: Promise) -> Promise | None:
        """Look for a code that was perhaps made; its digits were never told."""
        for _ in range(5):
            await self.soak.async_until(self.soak.now + HOUR)
            for row in await self.soak.async_rows(promise.lock) or []:
                if row["name"] == promise.name and row["type"] == "custom":
                    promise.digits = None
                    _fulfil(promise, row)
                    return promise
        return None

    async def _async_ask_again(self, promise: Promise, data: dict[str, object]) -> None:
        """Ask with the same reference: it has to be the same code."""
        await self.soak.async_until(self.soak.now + self.rng.uniform(0, 3) * HOUR)
        if promise.window[1] <= self.soak.now or promise.was_used_up(
            self.soak.locks[promise.lock]
        ):
            return
        row = promise.row(await self.soak.async_rows(promise.lock) or [])
        answer = await self._async_send(promise.lock, data)
        if answer.result is None:
            return
        if row is not None and row["status"] == "failed":
            # The lock refused it, which frees the reference: this is another code.
            _fulfil(promise, answer.result)
            return
        same = (answer.result["id"], answer.result["code"] or promise.digits)
        if same != (promise.id, promise.digits or same[1]):
            self.soak.complain(
                f"the same reference is {answer.result}, before {row}", promise
            )

    async def _async_stay(self, promise: Promise) -> None:
        """Come and go, and change what can be changed."""
        rng, soak = self.rng, self.soak
        for _ in range(rng.randint(1, 5)):
            start, end = promise.window
            length = max(end - max(start, soak.now), HOUR)
            await soak.async_until(soak.now + rng.uniform(0.02, 0.35) * length)
            await soak.async_visit(promise)
            if soak.now < promise.window[1] - MINUTE and not promise.going:
                await self._async_change(promise)
        if rng.random() < 0.6:
            await self._async_leave(promise)
        await soak.async_until(soak.now + rng.uniform(0.05, 5) * HOUR)
        await soak.async_visit(promise)
        await soak.async_until(promise.window[1] + rng.uniform(0.1, 10) * HOUR)
        await soak.async_visit(promise)
        if promise.is_online and rng.random() < 0.3:
            await self._async_delete(promise)

    async def _async_change(self, promise: Promise) -> None:
        row = promise.row(await self.soak.async_rows(promise.lock) or [])
        if row is not None and row["change"] == "failed":
            promise.doubt("failed", self.soak.now)
        deeds = {"nothing": 3, "rename": 1}
        if promise.is_online:
            deeds |= {"extend": 2, "shorten": 1, "digits": 1, "random": 1, "freeze": 1}
        deed = self.rng.choices(list(deeds), list(deeds.values()))[0]
        if deed == "rename":
            name = f"{self.name} {'abcdefgh'[len(promise.names) % 8]}"
            answer = await self._async_update(promise, deed, new_name=name)
            if answer.error is None or answer.is_unknown:
                promise.names.append(name)
        elif deed in {"extend", "shorten"}:
            await self._async_new_window(promise, deed)
        elif deed in {"digits", "random"}:
            await self._async_new_digits(promise, deed)
        elif deed == "freeze":
            await self._async_freeze(promise)

    async def _async_update(
        self, promise: Promise, deed: str, **data: object
    ) -> Answer:
        password = promise.id
        answer = await self.soak.async_act(
            "update_password", promise.lock, password=password, **data
        )
        self._note(promise, deed, answer)
        return answer

    def _note(self, promise: Promise, deed: str, answer: Answer) -> None:
        """Keep what was answered, and whether it leaves a doubt."""
        told = answer.error or (answer.result or {}).get("status")
        promise.note(self.soak.text(self.soak.now), f"{deed}: {told}")
        if answer.is_unknown or answer.error == "schedule_not_kept":
            promise.doubt(deed, self.soak.now)

    async def _async_new_window(self, promise: Promise, deed: str) -> None:
        start, end = promise.window
        now = self.soak.now
        hours = self.rng.choice((2, 10, 40)) * HOUR
        new_end = end + hours if deed == "extend" else now + (end - now) * 0.6
        new_end = round(new_end)
        if new_end <= max(start, now) + 10 * MINUTE:
            return
        answer = await self._async_update(promise, deed, end=self._local(new_end))
        if answer.error is None or answer.is_unknown:
            promise.windows.append((start, float(new_end)))

    async def _async_new_digits(self, promise: Promise, deed: str) -> None:
        length = self.soak.locks[promise.lock].code_length
        chosen = "".join(self.rng.choices("0123456789", k=length))
        wish = {"code": chosen} if deed == "digits" else {"new_code": True}
        answer = await self._async_update(promise, "new digits", **wish)
        if answer.result is not None:
            promise.digits = str(answer.result["code"])
            promise.digits_are_sure = True
        elif answer.is_unknown:
            promise.digits_are_sure = False

    async def _async_freeze(self, promise: Promise) -> None:
        frozen = not promise.frozen
        answer = await self.soak.async_act(
            "freeze_password", promise.lock, password=promise.id, frozen=frozen
        )
        self._note(promise, f"freeze {frozen}", answer)
        if answer.error is None:
            promise.frozen = frozen

    async def _async_leave(self, promise: Promise) -> None:
        """Have the code deleted, or cleared at the lock."""
        if promise.is_online:
            await self._async_delete(promise)
        elif promise.kind == "time_limited":
            answer = await self.soak.async_act(
                "issue_clear_code", promise.lock, password=promise.id
            )
            self._note(promise, "clear", answer)
            if answer.result is not None and self.rng.random() < 0.7:
                await self.soak.async_until(self.soak.now + HOUR / 2)
                lock = self.soak.locks[promise.lock]
                attempt = type_code(lock, str(answer.result["code"]))
                promise.note(self.soak.text(self.soak.now), f"typed: {attempt.reason}")
                promise.cleared = True
                if not attempt.cleared:
                    self.soak.complain("a clearing code clears nothing", promise)

    async def _async_delete(self, promise: Promise) -> None:
        action = "delete_password"
        if promise.kind == "template" and self.rng.random() < 0.5:
            action = "delete_template_password"
        for _ in range(MOST_TRIES):
            answer = await self.soak.async_act(
                action, promise.lock, password=promise.id
            )
            self._note(promise, action, answer)
            if answer.result is not None:
                promise.going = True
                if answer.result["status"] not in GOING:
                    self.soak.complain(f"deleted: {answer.result}", promise)
                return
            await self.soak.async_until(self.soak.now + self.rng.uniform(2, 90) * 60)


def _fulfil(promise: Promise, result: dict[str, object]) -> None:
    """Note what was answered: the code exists, and this is what it is."""
    promise.id = str(result["id"])
    promise.digits = str(result["code"]) if result.get("code") else None
    promise.windows.append((_moment(result["start"]), _moment(result["end"])))


def _moment(text: object) -> float:
    moment = dt_util.parse_datetime(str(text), raise_on_error=True)
    return moment.timestamp()
