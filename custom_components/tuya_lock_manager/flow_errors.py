"""What went wrong while a form was checked, and what the user is told about it."""

from typing import Final

from .tuya_cloud import (
    ClockSkewError,
    ConnectionFailedError,
    InvalidCredentialsError,
    MalformedResponseError,
    NotSubscribedError,
    PermissionDeniedError,
    PlanExpiredError,
    QuotaExhaustedError,
    ServerError,
    ThrottledError,
    TokenError,
    TuyaCloudError,
    WrongDataCenterError,
)

INVALID_AUTH: Final = "invalid_auth"
INVALID_URL: Final = "invalid_url"
URL_NOT_USED: Final = "url_not_used"
NOT_SUBSCRIBED: Final = "not_subscribed"
PLAN_EXPIRED: Final = "plan_expired"
QUOTA_EXHAUSTED: Final = "quota_exhausted"
CLOCK_WRONG: Final = "clock_wrong"
NO_LOCKS: Final = "no_locks"
PERMISSION_DENIED: Final = "permission_denied"
TRY_AGAIN: Final = "try_again"
UNKNOWN: Final = "unknown"
UNEXPECTED_ANSWER: Final = "unexpected_answer"
WRONG_DATA_CENTER: Final = "wrong_data_center"
CANNOT_CONNECT: Final = "cannot_connect"

# The first class that fits decides, so a class stands before its bases.
_KEYS: Final[tuple[tuple[type[TuyaCloudError], str], ...]] = (
    (ConnectionFailedError, CANNOT_CONNECT),
    (MalformedResponseError, UNEXPECTED_ANSWER),
    (ServerError, TRY_AGAIN),
    (ThrottledError, TRY_AGAIN),
    (TokenError, TRY_AGAIN),
    (InvalidCredentialsError, INVALID_AUTH),
    (ClockSkewError, CLOCK_WRONG),
    (WrongDataCenterError, WRONG_DATA_CENTER),
    (NotSubscribedError, NOT_SUBSCRIBED),
    (PermissionDeniedError, PERMISSION_DENIED),
    (QuotaExhaustedError, QUOTA_EXHAUSTED),
    (PlanExpiredError, PLAN_EXPIRED),
)

# "clientId invalid": this data centre has never heard of the Access ID, which says
# less than "sign invalid", where it knows the project and the secret is wrong.
_UNKNOWN_CLIENT: Final = 1005

# When several data centres were tried, the error nearest the start of this list is
# shown. First come those that only the project's own data centre can give, then
# those of a data centre that may be the right one but could not say, then those
# that every wrong data centre gives.
_INFORMATIVE: Final = (
    (NOT_SUBSCRIBED, False),
    (PLAN_EXPIRED, False),
    (QUOTA_EXHAUSTED, False),
    (CLOCK_WRONG, False),
    (INVALID_AUTH, False),
    (NO_LOCKS, False),
    (PERMISSION_DENIED, False),
    (TRY_AGAIN, False),
    (UNKNOWN, False),
    (UNEXPECTED_ANSWER, False),
    (WRONG_DATA_CENTER, False),
    (INVALID_AUTH, True),
    (CANNOT_CONNECT, False),
)


class CheckError(Exception):
    """A form can't be accepted.

    Attributes:
        key: The translation key of the error.
        field: The field that it belongs to, "base" for the whole form.
        answer: What Tuya said, for errors that have no text of their own.
        unknown_client: Tuya does not know the Access ID at all.
    """

    def __init__(
        self,
        key: str,
        *,
        field: str = "base",
        answer: str = "",
        unknown_client: bool = False,
    ) -> None:
        """Remember what the form will show."""
        super().__init__(key)
        self.key = key
        self.field = field
        self.answer = answer
        self.unknown_client = unknown_client

    @property
    def rank(self) -> int:
        """How much this error says about the project; 0 is the most."""
        return _INFORMATIVE.index((self.key, self.unknown_client))

    @classmethod
    def of(cls, error: TuyaCloudError) -> CheckError:
        """Translate an error of the client."""
        key = next((key for kind, key in _KEYS if isinstance(error, kind)), UNKNOWN)
        return cls(
            key,
            answer=str(error),
            unknown_client=key == INVALID_AUTH and error.code == _UNKNOWN_CLIENT,
        )
