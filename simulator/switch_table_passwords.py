"""Switches about passwords: online, periodic, offline, template."""

from .switches import Switch
from .tags import C, D, H, I, M

PASSWORDS = (
    Switch(
        "ticket_lifetime", ("360", "300"), "360", D, "life of a ticket in seconds (2.1)"
    ),
    Switch(
        "ticket_single_use", ("on", "off"), "on", I, "a ticket serves one call (2.1)"
    ),
    Switch(
        "ticket_error",
        ("2405", "1109", "2302"),
        "2405",
        I,
        "answer for an expired, used, foreign or unknown ticket (2.1)",
    ),
    Switch(
        "ticket_paths",
        ("both", "devices", "smart-lock"),
        "both",
        M,
        "which of the two ticket paths exists; the other answers 1108 (2.1)",
    ),
    Switch(
        "hex_case",
        ("strict", "lenient"),
        "strict",
        M,
        "a password sent in upper-case hexadecimal is accepted and never opens (2.2)",
    ),
    Switch(
        "wifi_digits", ("7", "6"), "7", D, "length of passwords on Wi-Fi locks (2.2)"
    ),
    Switch(
        "phase_numbering",
        ("family", "combined", "combined_waiting"),
        "family",
        D,
        "phases 0-7 by family (mk as measured); 11-19 for all; or 12 at once, "
        "with sn only when stored (2.6)",
    ),
    Switch(
        "combined_delete",
        ("alternates", "done_18"),
        "alternates",
        M,
        "a deleted code swings between 17 and 19, or ends at 18 (2.6)",
    ),
    Switch(
        "sn_before_delivery",
        ("absent", "minus_one", "null"),
        "absent",
        I,
        "sn of a code that the lock has not stored (2.5)",
    ),
    Switch(
        "delivery_status_form",
        ("numbers", "words"),
        "numbers",
        D,
        "delivery_status of temporary passwords as a number, or as a word (2.6, D 5)",
    ),
    Switch(
        "unconfirmed_codes",
        ("kept", "dropped"),
        "kept",
        M,
        "a waiting code that stays unconfirmed for ten minutes vanishes (2.8)",
    ),
    Switch(
        "same_name_and_window",
        ("family", "vanish", "kept"),
        "family",
        M,
        "two codes with equal name and window both vanish in minutes (mk only by family) (2.8)",
    ),
    Switch(
        "duplicate_names",
        ("accepted", "refused"),
        "accepted",
        I,
        "a second live code of the same name is refused with 2316 (2.3)",
    ),
    Switch(
        "duplicate_digits",
        ("family", "accepted"),
        "family",
        I,
        "equal digits: 2322 on Wi-Fi, delivery_status 4 on Zigbee, failure on Bluetooth (7.2)",
    ),
    Switch(
        "past_start",
        ("accepted", "refused"),
        "accepted",
        I,
        "a start in the past: 2318 (D 3)",
    ),
    Switch(
        "long_name",
        ("offline", "all", "never"),
        "offline",
        I,
        "where names above 20 characters are refused with 1109 (2.11)",
    ),
    Switch(
        "expired_delete",
        ("2304", "accepted"),
        "2304",
        C,
        "deleting an expired code: refused with 2304 (2.7)",
    ),
    Switch(
        "record_of_live",
        ("refused", "removed"),
        "refused",
        I,
        "removing the record of a live code: 2324 (2.7)",
    ),
    Switch(
        "record_removal",
        ("loses_delete", "keeps_delete"),
        "loses_delete",
        I,
        "removing the record of a code whose deletion the lock has not taken (2.7, D 5)",
    ),
    Switch(
        "valid_false",
        ("invalid", "all"),
        "invalid",
        I,
        "what a list with valid=false shows (2.5)",
    ),
    Switch(
        "zigbee_offline_create",
        ("accepted", "2312"),
        "accepted",
        I,
        "creating on a Zigbee lock that is cut off (2.8)",
    ),
    Switch(
        "gateway_queue",
        (),
        "0",
        C,
        "changes that a Zigbee gateway takes at once; more answer 2311; 0 is no limit (7.2)",
    ),
    Switch("list_lag", (), "0", M, "seconds by which password lists lag behind (D 14)"),
    Switch("delivery_seconds", (), "3", D, "seconds until a gateway's first try (2.8)"),
    Switch(
        "clock_drift",
        (),
        "0",
        H,
        "seconds by which the lock's own clock is fast (D 14)",
    ),
)

SCHEDULES = (
    Switch(
        "undocumented_schedule",
        ("ignored", "enforced", "refused"),
        "ignored",
        I,
        "a daily window on a family that the documents don't name for it (2.4, D 4)",
    ),
    Switch(
        "schedule_block",
        ("kept", "dropped"),
        "kept",
        M,
        "the daily window is silently dropped (2.4, D 4)",
    ),
    Switch(
        "schedule_read_back",
        ("family", "minutes", "hhmm_mirrored"),
        "family",
        M,
        "read-back as sent, or as HHMM with a mirrored mask (mk by family) (2.4)",
    ),
    Switch(
        "schedule_zone",
        ("named", "fixed_offset"),
        "named",
        I,
        "the lock counts the daily window in the zone sent, or in its own fixed offset (D 3)",
    ),
)

OFFLINE = (
    Switch(
        "offline_hours",
        ("utc", "local"),
        "utc",
        D,
        "hours are floored in UTC or in the lock's local time (2.11, D 3)",
    ),
    Switch(
        "offline_digits", ("10", "7"), "10", D, "length of offline passwords (2.11)"
    ),
    Switch(
        "first_use_from",
        ("effect", "generation"),
        "effect",
        D,
        "the 24 hours for the first use count from here (D 3)",
    ),
    Switch(
        "clear_unused",
        ("cleared", "ignored_by_lock", "refused_by_cloud"),
        "cleared",
        I,
        "clearing a time-limited password that was never used (D 8)",
    ),
    Switch(
        "clear_report",
        ("reported", "silent"),
        "reported",
        I,
        "the lock reports that a clearing code was typed (D 8)",
    ),
    Switch(
        "offline_report_value",
        ("opaque", "digits"),
        "opaque",
        I,
        "what the raw data points of offline codes hold: nothing readable, or the digits typed",
    ),
    Switch(
        "offline_list",
        ("present", "absent"),
        "present",
        C,
        "the list of offline passwords exists, or answers 1108 (2.11)",
    ),
    Switch(
        "offline_list_shape", ("records", "array"), "records", C, "its shape (2.11)"
    ),
    Switch(
        "offline_status",
        ("in_effect", "usage"),
        "in_effect",
        D,
        "status 1 in effect, 2 issued, 3 invalid; or 1 unused, 2 used, 3 invalid (2.11)",
    ),
    Switch(
        "offline_support",
        ("by_model", "all"),
        "by_model",
        I,
        "locks without data points for offline codes answer 2003, or all support them (2.11)",
    ),
    Switch(
        "offline_supply",
        ("unlimited", "2305", "2308", "1067"),
        "unlimited",
        I,
        "offline creations are refused with this code, see offline_supply_type (D 11)",
    ),
    Switch(
        "offline_supply_type",
        ("all", "multiple", "once", "clear_one", "clear_all"),
        "all",
        I,
        "the type that offline_supply refuses; an app asks for each type (D 11)",
    ),
    Switch(
        "offline_v1_0",
        ("numeric", "absent"),
        "numeric",
        C,
        "the older path with numeric types exists, or answers 1108 (2.11)",
    ),
    Switch("dynamic_minutes", ("5", "10"), "5", D, "life of a dynamic password (2.12)"),
)

TEMPLATES = (
    Switch(
        "template_paths",
        ("present", "absent"),
        "present",
        I,
        "the template paths exist for a lock, or answer 1108 (2.10)",
    ),
    Switch(
        "template_book",
        ("shared", "apart"),
        "shared",
        I,
        "template passwords and the others are the same by two doors, or each door "
        "knows only those made through it (2.10)",
    ),
    Switch(
        "template_tunnel_name",
        ("both", "dp_tunnel", "dpTunnel"),
        "both",
        D,
        "which spelling of the tunnel is honoured; the other is ignored (2.10, D 9)",
    ),
    Switch(
        "template_delete_result",
        ("empty", "pwd_id"),
        "empty",
        D,
        "result of deleting a template password: {} or {pwd_id} (2.10)",
    ),
)
