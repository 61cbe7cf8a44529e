"""Tokens and logins (protocol reference, sections 1.4 and 1.5)."""

from ..accounts import Token
from ..errors import ApiError
from ..json_types import JsonObject, JsonValue, text
from ..routing import Call, Routes, required

TOKENS = Routes("token", token=True)
LOGINS = Routes("login", token=True)


def _shown(call: Call, token: Token, *, platform: bool = False) -> JsonObject:
    remaining = token.expires - call.world.clock.now()
    shown: JsonObject = {
        "access_token": token.access,
        "expire_time": round(remaining),
        "refresh_token": token.refresh,
        "uid": token.uid,
    }
    if platform:
        shown["platform_url"] = call.base_url
    return shown


@TOKENS.on("GET", "/v1.0/token")
def grant(call: Call) -> JsonValue:
    """Give a token for the project."""
    grant_type = call.query.get("grant_type", "")
    if not grant_type:
        raise ApiError(1100)
    if grant_type != "1":
        raise ApiError(1003)
    return _shown(call, call.world.project.grant(call.world.project.uid))


@TOKENS.on("GET", "/v1.0/token/{refresh_token}")
@TOKENS.on("POST", "/v1.0/iot-03/users/token/{refresh_token}")
def refresh(call: Call) -> JsonValue:
    """Change a refresh token for a new pair."""
    return _shown(call, call.world.project.refresh(call.params["refresh_token"]))


@LOGINS.on("POST", "/v1.0/iot-01/associated-users/actions/authorized-login")
def app_login(call: Call) -> JsonValue:
    """Log the linked app account in; the password comes as its MD5."""
    required(call.body, "country_code", "username", "password", "schema")
    account = call.world.project.account
    if text(call.body["schema"]) != account.schema:
        raise ApiError(2017)
    if text(call.body["country_code"]) != account.country_code:
        raise ApiError(2402)
    return _login(call)


@LOGINS.on("POST", "/v1.0/iot-03/users/login")
def user_login(call: Call) -> JsonValue:
    """Log a user of a custom project in; the password comes as its SHA-256."""
    required(call.body, "username", "password")
    return _login(call)


def _login(call: Call) -> JsonValue:
    account = call.world.project.account
    if not account.accepts(text(call.body["username"]), text(call.body["password"])):
        raise ApiError(2401)
    return _shown(call, call.world.project.grant(account.uid), platform=True)
