"""What is asked for when records are read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from .refusals import check_page, check_window, to_milliseconds, to_seconds

_METHODS = (
    "unlock_fingerprint",
    "unlock_password",
    "unlock_temporary",
    "unlock_dynamic",
    "unlock_card",
    "unlock_face",
    "unlock_key",
    "unlock_app",
    "unlock_phone_remote",
    "unlock_ble",
    "unlock_double",
)

# The document demands a list of codes. These are the ones that openings, uses of offline
# and clearing codes, and alarms come under, by the documents and real descriptions, with
# the suffix that `mk` keypads give them.
RECORD_CODES: tuple[str, ...] = (
    *_METHODS,
    *(f"{code}_kit" for code in _METHODS),
    "unlock_identity_card",
    "unlock_emergency",
    "unlock_hand",
    "unlock_finger_vein",
    "unlock_remote",
    "unlock_voice_remote",
    "unlock_ble_ibeacon",
    "unlock_offline_pd",
    "unlock_offline_clear",
    "unlock_offline_clear_single",
    "alarm_lock",
    "lock_alarm_kit",
    "hijack",
    "doorbell",
)

ALARM_CODES: tuple[str, ...] = ("hijack", "alarm_lock", "doorbell")


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """A page of the records of a span of time.

    The documents and the clients that work spell the same parameters differently, so
    both spellings are sent: the cloud takes the one it knows.
    """

    start: datetime
    end: datetime
    page: int
    page_size: int

    def __post_init__(self) -> None:
        """Refuse what makes no sense.

        Raises:
            InvalidRequestError: a span that does not last or has no time zone, or a page
                that cannot exist.
        """
        check_window(self.start, self.end)
        check_page(self.page, self.page_size)

    def for_records(self, codes: Collection[str]) -> dict[str, str]:
        """Return the parameters of `/records`; times in milliseconds."""
        listed_codes = ",".join(codes)
        start, end = to_milliseconds(self.start), to_milliseconds(self.end)
        return {
            "target_standard_dp_codes": listed_codes,
            "targetStandardDpCodes": listed_codes,
            "start_time": str(start),
            "startTime": str(start),
            "end_time": str(end),
            "endTime": str(end),
            **_page(self.page, self.page_size),
            "pageNo": str(self.page),
            "pageSize": str(self.page_size),
        }

    def for_logs(self, *, milliseconds: bool) -> dict[str, str]:
        """Return the parameters of the opening log, whose two versions differ in unit."""
        unit = to_milliseconds if milliseconds else to_seconds
        return {
            **_page(self.page, self.page_size),
            "start_time": str(unit(self.start)),
            "end_time": str(unit(self.end)),
        }


def alarm_query(page: int, page_size: int, codes: Collection[str]) -> dict[str, str]:
    """Return the parameters of the alarm log.

    Raises:
        InvalidRequestError: the page cannot exist.
    """
    check_page(page, page_size)
    listed_codes = ",".join(codes)
    return {
        **_page(page, page_size),
        "codes": listed_codes,
        "dp_codes": listed_codes,
    }


def _page(page: int, page_size: int) -> dict[str, str]:
    return {"page_no": str(page), "page_size": str(page_size)}
