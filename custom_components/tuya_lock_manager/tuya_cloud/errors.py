"""What can go wrong, as one tree of exceptions, and the one table from Tuya's codes to it.

The codes are those of the official error list and of the map in Tuya's own Node.js
SDK. A code that is not in the table stays a plain `TuyaCloudError` with Tuya's own
number and words. No exception carries anything of the request.
"""

from collections.abc import Mapping
from typing import override


class TuyaCloudError(Exception):
    """The cloud refused, or could not be asked.

    Attributes:
        message: Tuya's own words, or ours where the cloud said nothing.
        code: Tuya's number, if the cloud gave one.
        tid: Tuya's trace id, which Tuya's support asks for.
    """

    def __init__(
        self, message: str, *, code: int | None = None, tid: str | None = None
    ) -> None:
        """Keep the words, the number and the trace id apart for the reader."""
        details = [f"code {code}"] if code is not None else []
        if tid:
            details.append(f"tid {tid}")
        super().__init__(f"{message} ({', '.join(details)})" if details else message)
        self.message = message
        self.code = code
        self.tid = tid

    @property
    def outcome_unknown(self) -> bool:
        """Whether a change may have been done although this error came back for it."""
        return False


class ConnectionFailedError(TuyaCloudError):
    """No answer came: refused, reset, cut off or timed out.

    Attributes:
        request_sent: False when the request certainly never left; True when it may
            have been received, so that a change may have been done.
        timed_out: Nothing came within the time that was allowed.
    """

    def __init__(
        self, message: str, *, request_sent: bool, timed_out: bool = False
    ) -> None:
        """Remember whether the request may have been received."""
        super().__init__(message)
        self.request_sent = request_sent
        self.timed_out = timed_out

    @property
    @override
    def outcome_unknown(self) -> bool:
        """Whether a change may have been done although this error came back for it."""
        return self.request_sent


class MalformedResponseError(TuyaCloudError):
    """The answer is not what the document says: not JSON, a wrong type, a missing field."""

    @property
    @override
    def outcome_unknown(self) -> bool:
        """The cloud may have done the change before it failed to say so."""
        return True


class ServerError(TuyaCloudError):
    """The cloud itself failed (HTTP 5xx, 500, 1111)."""

    @property
    @override
    def outcome_unknown(self) -> bool:
        """The cloud may have done the change before it failed to say so."""
        return True


class InvalidCredentialsError(TuyaCloudError):
    """The Access ID or the Access Secret is wrong (1001, 1004, 1005)."""


class TokenError(TuyaCloudError):
    """The access token is not, or no longer, valid (1002, 1010, 1011, 1012, 1400)."""


class ClockSkewError(TuyaCloudError):
    """The time of the request is too far from the cloud's (1013)."""


class PermissionDeniedError(TuyaCloudError):
    """The project may not do this, or not with this device (1106, 28841001)."""


class WrongDataCenterError(PermissionDeniedError):
    """The project lives in another data centre (2007, 28841107)."""


class NotSubscribedError(PermissionDeniedError):
    """The project is not subscribed to this service (28841101 and its kin)."""


class PlanError(TuyaCloudError):
    """The project's development plan does not cover the request."""


class PlanExpiredError(PlanError):
    """The subscription to the development plan has expired (28841002)."""


class QuotaExhaustedError(PlanError):
    """The plan's calls are used up (28841004)."""


class ThrottledError(TuyaCloudError):
    """Too many requests in a short time (1110, 1113, 1199, HTTP 429)."""


class UnsupportedError(TuyaCloudError):
    """The path, the function or the kind of lock is not supported."""


class DeviceOfflineError(TuyaCloudError):
    """The lock is not on line (2001, 2312)."""


class DeviceNotFoundError(TuyaCloudError):
    """The cloud does not know the device (2005, 2010)."""


class InvalidRequestError(TuyaCloudError):
    """The request is illegal: refused by the cloud, or here before anything was sent."""


class PasswordError(TuyaCloudError):
    """A password could not be made, changed or removed."""


class PasswordNotFoundError(PasswordError):
    """There is no such password (2310, 2321, 2323)."""


class PasswordExpiredError(PasswordError):
    """The password has expired (2304)."""


class LockFullError(PasswordError):
    """The lock takes no more passwords (2303, 2305, 2307, 2308)."""


class NameTakenError(PasswordError):
    """Another password has this name (2316)."""


class DuplicatePasswordError(PasswordError):
    """Another password has these digits (2322)."""


class WindowInPastError(PasswordError):
    """The start or the end is before the cloud's current time (2318)."""


class LockBusyError(PasswordError):
    """Something else is still going on at the lock or its gateway."""


class TicketError(PasswordError):
    """The ticket or the encryption made with it was refused (2302, 2405)."""


class PasswordStateError(PasswordError):
    """The state of the password does not allow this (2306, 2314, 2315, 2324)."""


ERROR_BY_CODE: Mapping[int, type[TuyaCloudError]] = {
    500: ServerError,
    1001: InvalidCredentialsError,
    1002: TokenError,
    1004: InvalidCredentialsError,
    1005: InvalidCredentialsError,
    1010: TokenError,
    1011: TokenError,
    1012: TokenError,
    1013: ClockSkewError,
    1100: InvalidRequestError,
    1101: InvalidRequestError,
    1102: InvalidRequestError,
    1104: InvalidRequestError,
    1106: PermissionDeniedError,
    1108: UnsupportedError,
    1109: InvalidRequestError,
    1110: ThrottledError,
    1111: ServerError,
    1113: ThrottledError,
    1199: ThrottledError,
    1400: TokenError,
    2001: DeviceOfflineError,
    2003: UnsupportedError,
    2004: UnsupportedError,
    2005: DeviceNotFoundError,
    2007: WrongDataCenterError,
    2008: UnsupportedError,
    2009: UnsupportedError,
    2010: DeviceNotFoundError,
    2015: UnsupportedError,
    2301: LockBusyError,
    2302: TicketError,
    2303: LockFullError,
    2304: PasswordExpiredError,
    2305: LockFullError,
    2306: PasswordStateError,
    2307: LockFullError,
    2308: LockFullError,
    2310: PasswordNotFoundError,
    2311: LockBusyError,
    2312: DeviceOfflineError,
    2314: PasswordStateError,
    2315: PasswordStateError,
    2316: NameTakenError,
    2317: LockBusyError,
    2318: WindowInPastError,
    2321: PasswordNotFoundError,
    2322: DuplicatePasswordError,
    2323: PasswordNotFoundError,
    2324: PasswordStateError,
    2328: LockBusyError,
    2405: TicketError,
    28841001: PermissionDeniedError,
    28841002: PlanExpiredError,
    28841004: QuotaExhaustedError,
    28841101: NotSubscribedError,
    28841102: NotSubscribedError,
    28841105: NotSubscribedError,
    28841106: NotSubscribedError,
    28841107: WrongDataCenterError,
    40000303: InvalidRequestError,
    60001001: PlanError,
}


def error_for(code: int | None, message: str, tid: str | None = None) -> TuyaCloudError:
    """Return the exception for a refusal of the cloud."""
    kind = TuyaCloudError if code is None else ERROR_BY_CODE.get(code, TuyaCloudError)
    return kind(message, code=code, tid=tid)
