"""Digits that outlive a call: sealed, bound to their code, erased, or not kept at all."""

from datetime import timedelta
import json
from typing import Any
from unittest.mock import patch

from homeassistant.core import HomeAssistant
from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.const import (
    CONF_ACCESS_SECRET,
    DOMAIN,
    OPT_KEEP_DIGITS,
)
from custom_components.tuya_lock_manager.sealing import DigitsSafe
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    async_create,
    async_deliver,
    async_status,
    opens,
    refusing,
    result_of,
)
from tests.simulated import Home

SALT = b"sixteen bytes ok"
digits_of_codes = st.text("0123456789", min_size=4, max_size=10)
names = st.text(max_size=30)


class TestSafe:
    @given(secret=names, entry=names, lock=names, label=names, digits=digits_of_codes)
    def test_what_is_sealed_opens(
        self, secret: str, entry: str, lock: str, label: str, digits: str
    ) -> None:
        sealed = DigitsSafe(secret, SALT, entry).seal(lock, label, digits)
        again = DigitsSafe(secret, SALT, entry)
        assert again.open(lock, label, sealed) == digits
        assert digits not in sealed
        assert sealed.isascii()

    @given(
        one=st.tuples(names, st.binary(min_size=1), names, names, names),
        other=st.tuples(names, st.binary(min_size=1), names, names, names),
        digits=digits_of_codes,
    )
    def test_it_fits_nothing_else(
        self,
        one: tuple[str, bytes, str, str, str],
        other: tuple[str, bytes, str, str, str],
        digits: str,
    ) -> None:
        sealed = DigitsSafe(*one[:3]).seal(one[3], one[4], digits)
        opened = DigitsSafe(*other[:3]).open(other[3], other[4], sealed)
        assert (opened == digits) is _same(one, other)
        assert opened in {digits, None}

    @pytest.mark.parametrize("part", range(5))
    def test_each_part_counts(self, part: int) -> None:
        one: list[Any] = ["secret", SALT, "entry", "lock", "1001"]
        other = [*one]
        other[part] = b"another" if part == 1 else "another"
        sealed = DigitsSafe(*one[:3]).seal(one[3], one[4], "905172")
        assert DigitsSafe(*one[:3]).open(one[3], one[4], sealed) == "905172"
        assert DigitsSafe(*other[:3]).open(other[3], other[4], sealed) is None

    @given(damaged=st.text(max_size=80))
    def test_what_was_never_sealed(self, damaged: str) -> None:
        assert DigitsSafe("secret", SALT, "entry").open("lock", "1", damaged) is None

    def test_equal_digits_look_different(self) -> None:
        safe = DigitsSafe("secret", SALT, "entry")
        assert len({safe.seal("lock", "1", "905172") for _ in range(50)}) == 50


def _same(
    one: tuple[str, bytes, str, str, str], other: tuple[str, bytes, str, str, str]
) -> bool:
    """Tell whether two places are one; the hash underneath pads keys with zeros."""
    padded = [(a, salt.ljust(64, b"\0"), *rest) for a, salt, *rest in (one, other)]
    return padded[0] == padded[1]


@pytest.fixture
def sealed_codes(home: Home, hass_storage: dict[str, Any]) -> Any:
    """Return what reads the sealed digits of a lock out of the storage file."""

    async def read(lock: str) -> list[str]:
        await home.entry.runtime_data.account.store.async_save()
        stored = hass_storage[f"{DOMAIN}.{home.entry.entry_id}"]["data"]
        issued = stored["locks"][home.lock(lock).id]["issued"]
        return [code["sealed"] for code in issued if code["sealed"] is not None]

    return read


async def test_the_file_has_no_digits(
    home: Home, hass_storage: dict[str, Any], sealed_codes: Any
) -> None:
    await home.async_setup()
    made = [
        await async_create(home, FRONT_DOOR, code="905172"),
        await async_create(home, GARAGE),
        await async_create(home, OFFICE, type="time_limited"),
        await async_create(home, OFFICE, type="one_time"),
        await async_create(home, OFFICE, type="dynamic"),
    ]
    assert len(await sealed_codes(FRONT_DOOR)) == 1
    assert len(await sealed_codes(GARAGE)) == 1
    assert await sealed_codes(OFFICE) == []
    text = json.dumps(hass_storage[f"{DOMAIN}.{home.entry.entry_id}"])
    for code in made:
        assert str(code["code"]) not in text


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, OFFICE])
async def test_they_are_erased_when_the_code_has_ended(
    home: Home, sealed_codes: Any, lock: str
) -> None:
    await home.async_setup()
    made = await async_create(home, lock)
    await async_deliver(home, lock)
    assert await sealed_codes(lock)
    await home.async_pass(timedelta(hours=1, seconds=5))
    assert await async_status(home, lock, made["id"]) == "expired"
    assert await sealed_codes(lock) == []


async def test_they_are_erased_when_the_lock_has_removed_the_code(
    home: Home, sealed_codes: Any
) -> None:
    """Until then they are digits that open it, so nobody else gets them."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    await home.async_act("delete_password", FRONT_DOOR, password="Ann")
    assert await async_status(home, FRONT_DOOR, made["id"]) == "removing"
    assert await sealed_codes(FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "removed"
    assert await sealed_codes(FRONT_DOOR) == []


async def test_those_of_a_code_that_ended_while_nobody_looked(
    home: Home, sealed_codes: Any
) -> None:
    """Even of a lock that is not in the account any more."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR)
    sealed = await sealed_codes(FRONT_DOOR)
    assert sealed
    lock_id = home.lock(FRONT_DOOR).id
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    home.world.faults.parse("http_5xx:path=temp-passwords,method=GET")
    await home.async_pass(timedelta(hours=2))
    await home.hass.config_entries.async_setup(home.entry.entry_id)
    await home.hass.async_block_till_done()
    memory = home.entry.runtime_data.account.store.lock(lock_id)
    assert [code.sealed for code in memory.issued.values()] == [None]


async def test_none_are_kept_by_choice(
    home: Home, hass: HomeAssistant, sealed_codes: Any
) -> None:
    """What was kept before goes at once; a change says what it needs."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    assert await sealed_codes(FRONT_DOOR)
    hass.config_entries.async_update_entry(
        home.entry, options={**home.entry.options, OPT_KEEP_DIGITS: False}
    )
    await hass.async_block_till_done()
    assert await sealed_codes(FRONT_DOOR) == []
    await async_create(home, FRONT_DOOR, name="Bob")
    assert await sealed_codes(FRONT_DOOR) == []
    for name in ("Ann", "Bob"):
        with refusing(home, "digits_not_kept") as caught:
            await home.async_act(
                "update_password", FRONT_DOOR, password=name, new_name="Eve"
            )
        assert name in str(caught.value)


@pytest.mark.parametrize("loaded", [True, False])
async def test_none_are_kept_of_a_lock_that_is_away(
    home: Home, hass: HomeAssistant, hass_storage: dict[str, Any], loaded: bool
) -> None:
    """Neither when the choice is made nor at the next start does it have to be listed."""
    await home.async_setup()
    await async_create(home, GARAGE)
    simulated = home.lock(GARAGE)
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    home.world.remove_device(simulated.id)
    if loaded:
        await hass.config_entries.async_setup(home.entry.entry_id)
    hass.config_entries.async_update_entry(
        home.entry, options={**home.entry.options, OPT_KEEP_DIGITS: False}
    )
    if not loaded:
        await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    await home.async_pass(timedelta(seconds=11))
    stored = hass_storage[f"{DOMAIN}.{home.entry.entry_id}"]["data"]["locks"]
    (code,) = stored[simulated.id]["issued"]
    assert code["sealed"] is None


async def test_another_secret_opens_nothing(home: Home, hass: HomeAssistant) -> None:
    """They are as good as none; new digits make them whole again."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    secret = "0123456789abcdef0123456789abcdef"
    home.world.project.access_secret = secret
    hass.config_entries.async_update_entry(
        home.entry, data={**home.entry.data, CONF_ACCESS_SECRET: secret}
    )
    await hass.async_block_till_done()
    change: dict[str, Any] = {"password": "Ann", "duration": {"hours": 3}}
    with refusing(home, "digits_not_opened"):
        await home.async_act("update_password", FRONT_DOOR, **change)
    response = await home.async_act(
        "update_password", FRONT_DOOR, **change, new_code=True
    )
    code = result_of(response, FRONT_DOOR)["code"]
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, code)
    await home.async_act("update_password", FRONT_DOOR, password="Ann", new_name="Eve")
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, code)


async def test_random_digits_are_not_those_of_a_live_code(home: Home) -> None:
    """A lock where they are taken gets others than the rest."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR, code="905172")
    drawn = iter("905172804631")
    with patch(
        "custom_components.tuya_lock_manager.domain.digits.secrets.choice",
        lambda _: next(drawn),
    ):
        response = await home.async_act(
            "create_temp_password", [FRONT_DOOR, OFFICE], name="Bob"
        )
    codes = [result_of(response, lock)["code"] for lock in (FRONT_DOOR, OFFICE)]
    assert codes[0] == "804631"
    assert codes[1] in {"905172", "804631"}


async def test_chosen_digits_are_not_those_of_a_live_code(home: Home) -> None:
    await home.async_setup()
    await async_create(home, FRONT_DOOR, code="905172")
    with refusing(home, "code_taken"):
        await async_create(home, FRONT_DOOR, name="Bob", code="905172")
    await async_create(home, OFFICE, name="Bob", code="905172")
