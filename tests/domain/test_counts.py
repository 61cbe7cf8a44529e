"""How many codes of a lock are what."""

import pytest

from custom_components.tuya_lock_manager.domain.counts import PasswordCounts, counts
from custom_components.tuya_lock_manager.domain.passwords import (
    CLEARING_TYPES,
    PasswordStatus,
    PasswordType,
)

from .builders import DAY, HOUR, NOW, password

S = PasswordStatus


class TestCounts:
    """How many codes are what."""

    def test_of_nothing(self) -> None:
        assert counts([], NOW) == PasswordCounts(0, 0, 0, 0, None, None)

    def test_by_status(self) -> None:
        codes = [
            password(id=f"{status}{number}", status=status)
            for number, status in enumerate(
                [
                    *[S.ACTIVE] * 3,
                    *[S.PENDING] * 2,
                    *[S.REMOVING] * 4,
                    S.UNCONFIRMED,
                    *(S.FAILED, S.EXPIRED, S.FROZEN, S.REMOVED, S.UNKNOWN),
                ]
            )
        ]
        found = counts(codes, NOW)
        assert (found.active, found.pending) == (3, 2)
        assert (found.removing, found.unconfirmed) == (4, 1)

    @pytest.mark.parametrize("type_", CLEARING_TYPES)
    def test_clearing_codes_open_nothing(self, type_: PasswordType) -> None:
        codes = [password(type=type_, start=NOW + HOUR, end=NOW + DAY)]
        assert counts(codes, NOW) == PasswordCounts(0, 0, 0, 0, None, None)

    @pytest.mark.parametrize(
        ("status", "counted"),
        [
            *(
                (S.ACTIVE, True),
                (S.SCHEDULED, True),
                (S.PENDING, False),
                (S.EXPIRED, False),
            ),
            *((S.REMOVED, False), (S.FAILED, False), (S.UNCONFIRMED, False)),
        ],
    )
    def test_next_expiry(self, status: PasswordStatus, counted: bool) -> None:
        codes = [
            password(status=status, end=NOW + HOUR),
            password(id="2", end=NOW + DAY),
            password(id="3", end=None),
        ]
        assert counts(codes, NOW).next_expiry == NOW + (HOUR if counted else DAY)

    @pytest.mark.parametrize(
        ("status", "counted"),
        [
            *((S.SCHEDULED, True), (S.PENDING, True), (S.ACTIVE, False)),
            *((S.UNCONFIRMED, False), (S.REMOVED, False)),
        ],
    )
    def test_next_start(self, status: PasswordStatus, counted: bool) -> None:
        codes = [
            password(status=status, start=NOW + HOUR, end=NOW + DAY),
            password(id="2", status=S.SCHEDULED, start=NOW + 2 * HOUR, end=NOW + DAY),
            password(id="3", status=S.PENDING, start=NOW, end=NOW + DAY),
            password(id="4", status=S.SCHEDULED, start=None),
        ]
        assert counts(codes, NOW).next_start == NOW + (HOUR if counted else 2 * HOUR)
