"""Errors in the user's words: the one place where Tuya's become Home Assistant's."""

from homeassistant.exceptions import (
    ConfigEntryAuthFailed,
    HomeAssistantError,
    ServiceValidationError,
)
from homeassistant.helpers.update_coordinator import UpdateFailed

from . import tuya_cloud as cloud
from .const import DOMAIN

# First match wins, so a child stands before its parent.
_TRANSLATION_KEYS: tuple[tuple[type[cloud.TuyaCloudError], str], ...] = (
    (cloud.InvalidCredentialsError, "invalid_credentials"),
    (cloud.TokenError, "token_refused"),
    (cloud.ClockSkewError, "clock_wrong"),
    (cloud.WrongDataCenterError, "wrong_data_center"),
    (cloud.NotSubscribedError, "not_subscribed"),
    (cloud.PermissionDeniedError, "permission_denied"),
    (cloud.PlanExpiredError, "plan_expired"),
    (cloud.QuotaExhaustedError, "quota_exhausted"),
    (cloud.ThrottledError, "throttled"),
    (cloud.DeviceOfflineError, "lock_offline"),
    (cloud.DeviceNotFoundError, "lock_not_found"),
    (cloud.UnsupportedError, "not_supported"),
    (cloud.PasswordNotFoundError, "password_gone"),
    (cloud.PasswordExpiredError, "password_expired"),
    (cloud.LockFullError, "lock_full"),
    (cloud.NameTakenError, "name_taken"),
    (cloud.DuplicatePasswordError, "code_taken_at_lock"),
    (cloud.WindowInPastError, "window_too_early"),
    (cloud.LockBusyError, "lock_busy"),
    (cloud.InvalidRequestError, "request_refused"),
    (cloud.ConnectionFailedError, "cannot_connect"),
    (cloud.ServerError, "cloud_error"),
    (cloud.MalformedResponseError, "cloud_error"),
    (cloud.TuyaCloudError, "refused_by_tuya"),
)

# Why a list can't be read, where its user can do something about it.
_MENDABLE = (
    cloud.InvalidCredentialsError,
    cloud.ClockSkewError,
    cloud.WrongDataCenterError,
    cloud.NotSubscribedError,
    cloud.PlanExpiredError,
    cloud.QuotaExhaustedError,
)


def error_key(err: cloud.TuyaCloudError) -> str:
    """Return the translation key for an error of the cloud."""
    return next(key for kind, key in _TRANSLATION_KEYS if isinstance(err, kind))


class UnsettledError(HomeAssistantError):
    """What became of a change could not be read yet; later readings will tell."""


def unsettled() -> UnsettledError:
    """Return the error for a change of which nobody knows yet what became of it."""
    return UnsettledError(translation_domain=DOMAIN, translation_key="outcome_unknown")


def failed(key: str, **placeholders: str) -> HomeAssistantError:
    """Return the error for something that went wrong while acting."""
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )


def refused(key: str, **placeholders: str) -> ServiceValidationError:
    """Return the error for a wish that can't be met; nothing was sent."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )


def action_error(err: cloud.TuyaCloudError) -> HomeAssistantError:
    """Return what the user of an action is told about an error of the cloud."""
    return failed(error_key(err), detail=str(err))


def list_not_read(lock: str, failure: BaseException | None) -> HomeAssistantError:
    """Return the error for codes that can't be read; `failure` is the coordinator's.

    It says why only where waiting and trying again is not all that there is to do.
    """
    reason = failure.__cause__ if failure else None
    if isinstance(reason, _MENDABLE):
        return action_error(reason)
    return failed("list_not_read", lock=lock)


def update_error(err: cloud.TuyaCloudError) -> UpdateFailed | ConfigEntryAuthFailed:
    """Return what a coordinator raises; refused credentials start a new login."""
    kind = (
        ConfigEntryAuthFailed
        if isinstance(err, cloud.InvalidCredentialsError)
        else UpdateFailed
    )
    return kind(
        translation_domain=DOMAIN,
        translation_key=error_key(err),
        translation_placeholders={"detail": str(err)},
    )
