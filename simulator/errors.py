"""Tuya's error codes and texts (protocol reference, section 7)."""

TEXTS: dict[int, str] = {
    500: "system error,please contact the admin",
    1000: "data not exist",
    1001: "secret invalid",
    1002: "access_token is null",
    1003: "grant type invalid",
    1004: "sign invalid",
    1005: "clientId invalid",
    1006: "not support content type",
    1010: "token invalid",
    1011: "token invalid",
    1012: "token status is invalid",
    1013: "request time is invalid",
    1100: "param is empty",
    1101: "params range invalid",
    1102: "param is null",
    1104: "type is incorrect",
    1105: "missing the header",
    1106: "permission deny",
    1107: "code invalid",
    1108: "uri path invalid",
    1109: "param is illegal, please check it",
    1110: "concurrent request over limit",
    1111: "system is busy",
    1113: "do not repeat the operation in a short time",
    1199: "your requests are too frequent",
    1400: "token invalid",
    2001: "device is offline",
    2003: "function not support",
    2004: "not support the lock type",
    2006: "user not exist",
    2007: "your ip cross-region access is not allowed",
    2008: "command or value not support",
    2009: "not support this device",
    2010: "device not exist",
    2015: "this category is not supported",
    2017: "schema does not exist",
    2302: "password encryption error",
    2303: "The number of passwords has reached the limit\uff01",
    2304: "password has expired!",
    2305: "The number of created passwords has reached the limit\uff01",
    2306: "Illegal operation\uff01",
    2307: "The maximum number of available 99\uff01",
    2308: "The maximum number of password operations",
    2310: "zigbee lock password not found",
    2311: "there are too many passwords in setting, please wait for gateway processing!",
    2312: "Door lock equipment is not online!",
    2315: "no effective password",
    2316: "password name can not repeat!",
    2318: "the effective time or invalid time is less than the current time",
    2321: "wifi lock password not found",
    2322: "wifi lock password can not be repeated",
    2323: "door lock password record does not exist",
    2324: "door lock password status does not allow operation",
    2328: "operation in progress",
    2401: "username or password wrong",
    2402: "country code invalid",
    2405: "ticket invalid",
    28841001: "No permissions",
    28841002: "No permissions. Your subscription to cloud development plan has expired.",
    28841004: "No permissions. Your quota of Trial Edition is used up.",
    28841101: "No permissions. This API is not subscribed.",
    28841105: "No permissions. This project is not authorized to call this API",
    28841106: "No permissions. This API is not subscribed.",
    28841107: "No permissions. The data center is suspended.",
    40000303: "Parameter error!",
}


class ApiError(Exception):
    """An answer with `success: false`.

    Attributes:
        code: Tuya's number.
        msg: Tuya's text for it, or the text given.
    """

    def __init__(self, code: int, msg: str | None = None) -> None:
        """Take the code, and its text from the table unless given."""
        self.code = code
        self.msg = TEXTS.get(code, "system error") if msg is None else msg
        super().__init__(f"{code} {self.msg}")


class UsageError(Exception):
    """A control call or a command line that makes no sense; nothing was changed."""
