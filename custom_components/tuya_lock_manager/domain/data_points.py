"""The categories, codes and numbers by which families of locks are told apart.

From Tuya's standard sets and from the descriptions of real locks.
"""

KEYPAD_CATEGORY = "mk"
WIFI_CATEGORIES = frozenset({"jtmsbh", "msp", "photolock", "videolock"})
LOCK_CATEGORIES = WIFI_CATEGORIES | {
    KEYPAD_CATEGORY,
    "gyms",
    "hotelms",
    "jtmsjh",
    "jtmspro",
    "ms",
}
# Plugs, switches, power strips and a gateway; other gateways begin with "wg".
OTHER_CATEGORIES = frozenset({"cz", "kg", "pc", "tdq", "wfcon"})

ENROLMENT_CODES = frozenset(
    {"unlock_method_create", "unlock_method_delete", "unlock_method_modify"}
)
TEMPORARY_CODES = frozenset(
    {
        "temporary_password_creat",
        "temporary_password_delete",
        "temporary_password_modify",
    }
)
KEYPAD_CODES = frozenset(
    {
        "closed_opened_kit",
        "lock_alarm_kit",
        "unlock_card_kit",
        "unlock_face_kit",
        "unlock_fingerprint_kit",
        "unlock_password_kit",
        "unlock_phone_remote_kit",
        "unlock_temporary_kit",
    }
)
BLUETOOTH_CODES = frozenset(
    {
        "ble_unlock_check",
        "bluetooth_unlock",
        "check_code_set",
        "password_offline_time",
        "remote_pd_setkey_check",
        "unlock_ble",
        "unlock_ble_ibeacon",
        "unlock_phone_remote",
        "unlock_record_check",
    }
)
ZIGBEE_CODES = frozenset(
    {
        "open_close",
        "password_creat",
        "password_delete",
        "password_disable",
        "password_enable",
        "password_reset",
        "password_update",
        "remote_result",
        "single_use_password",
        "unlock_remote",
    }
)
WIFI_CODES = frozenset(
    {
        "initiative_message",
        "photo_again",
        "unlock_app",
        "unlock_request",
        "video_request_realtime",
    }
)
EVENT_CODES = frozenset(
    {
        "unlock_card",
        "unlock_dynamic",
        "unlock_face",
        "unlock_fingerprint",
        "unlock_password",
        "unlock_temporary",
    }
)
# Nothing but a lock has one of these. Safe boxes (`bxx`), accessories (`ms_category`)
# and categories that nobody knows yet are locks when they have one.
LOCK_ONLY_CODES = (
    ENROLMENT_CODES
    | TEMPORARY_CODES
    | KEYPAD_CODES
    | EVENT_CODES
    | {
        "password_creat",
        "remote_no_dp_key",
        "remote_no_pd_setkey",
        "unlock_ble",
        "unlock_offline_pd",
    }
)

# The same codes have other numbers on Bluetooth locks than in Tuya's residential set,
# which is that of Zigbee and Wi-Fi.
BLUETOOTH_NUMBERS = {
    "alarm_lock": 21,
    "doorbell": 24,
    "hijack": 22,
    "remote_no_dp_key": 61,
    "remote_no_pd_setkey": 60,
    "residual_electricity": 8,
    "temporary_password_creat": 51,
    "unlock_card": 15,
    "unlock_dynamic": 14,
    "unlock_fingerprint": 12,
    "unlock_key": 16,
    "unlock_offline_pd": 67,
    "unlock_password": 13,
    "unlock_temporary": 55,
}

OFFLINE_CODES = frozenset(
    {
        "password_offline_time",
        "unlock_offline_clear",
        "unlock_offline_clear_single",
        "unlock_offline_pd",
    }
)

# A lock with one of these can ask whether somebody may come in.
REQUEST_CODES = frozenset({"reply_unlock_request", "unlock_request"})
