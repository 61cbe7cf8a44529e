"""Every switch, with the sure-footedness of its default.

Section numbers are those of the protocol reference; D is the domain's rules.
"""

from .switches import Switch

D, M, C, I, H = "documented", "measured", "code-seen", "inferred", "harness"  # noqa: E741

GATEWAY = (
    Switch(
        "query_signature",
        ("decoded", "encoded", "either"),
        "decoded",
        C,
        "spelling of query values in the signature (1.1)",
    ),
    Switch(
        "signed_header_block",
        ("newline", "joined"),
        "newline",
        D,
        "block of signed headers ends with a newline, or not as in the Java connector (1.3)",
    ),
    Switch(
        "old_signature",
        ("refused", "accepted"),
        "refused",
        D,
        "signature of projects made before 2021-06-30 (1.1)",
    ),
    Switch(
        "token_texts",
        ("expired_1010", "invalid_1010", "invalid_1011"),
        "invalid_1010",
        C,
        "an expired token: 1010 'token is expired', or 1010 'token invalid' as clients see; "
        "invalid_1011 answers unknown tokens with 1011 as the documents do (7.1)",
    ),
    Switch(
        "token_grant",
        ("same_until_expiry", "new_kills_old", "independent"),
        "same_until_expiry",
        I,
        "what asking for a token again does to the token that exists (1.4)",
    ),
    Switch(
        "plan_on_token",
        ("off", "on"),
        "off",
        I,
        "token calls, too, are refused when the plan or the quota is at its end (7.3)",
    ),
    Switch(
        "subscription_code",
        ("28841105", "28841101", "28841106"),
        "28841105",
        D,
        "answer to a lock call without the lock service in the project (7.3)",
    ),
    Switch(
        "unknown_device",
        ("1106", "2010"),
        "1106",
        M,
        "answer for a device that is not in the project (7.1)",
    ),
    Switch(
        "time_check",
        ("either", "simulated"),
        "either",
        H,
        "the header t must fit the simulated clock, or the simulated or the machine's clock",
    ),
)

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
        "every offline creation is refused with this code (D 11)",
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

RECORDS = (
    Switch(
        "open_log_status",
        ("object", "list"),
        "object",
        D,
        "status in open logs is an object or a list (4)",
    ),
    Switch("alarm_time_unit", ("s", "ms"), "s", D, "update_time in alarm logs (0.3)"),
    Switch(
        "open_logs_unit",
        ("either", "s", "ms"),
        "either",
        D,
        "unit of the range in v1.0 open logs; a wrong unit finds nothing (0.3)",
    ),
    Switch(
        "open_logs_limit",
        ("none", "100"),
        "none",
        M,
        "newest records of a range only (4)",
    ),
    Switch(
        "records_parameters",
        ("either", "snake", "camel"),
        "either",
        D,
        "parameter names of /records; with the others it answers 1100 (4)",
    ),
    Switch(
        "unread_counts",
        ("alarms", "all"),
        "alarms",
        I,
        "what unread_count counts (D 10)",
    ),
    Switch(
        "unread_reset",
        ("kept", "reset"),
        "kept",
        I,
        "reading the records resets unread_count (D 10)",
    ),
    Switch(
        "counts_as",
        ("numbers", "strings"),
        "numbers",
        D,
        "counts as numbers or text (D 10)",
    ),
    Switch(
        "temp_record_value",
        ("family", "slot", "slot_plus_900", "password_id"),
        "family",
        M,
        "value of a record of a temporary code; by family 900 + sn on Wi-Fi, sn on others, "
        "base64 on mk (2.8, 4, D 10)",
    ),
    Switch("wrong_code_alarm", (), "1", I, "wrong codes in a row that raise an alarm"),
)

MEMBERS = (
    Switch(
        "user_types",
        ("documented", "account_50"),
        "documented",
        D,
        "10 admin, 20 ordinary, 30 not an app user, 50 owner; or 50 for every app account (3.1)",
    ),
    Switch(
        "member_uid", ("present", "absent"), "present", D, "uid in the rich list (3.2)"
    ),
    Switch(
        "member_lists",
        ("all", "no_rich", "v1_0_only"),
        "all",
        D,
        "which member lists exist; the others answer 1108 (3.2)",
    ),
)

REMOTE = (
    Switch(
        "remote_unlocks",
        ("list", "object"),
        "list",
        C,
        "remote-unlocks answers a list (code) or an object (documents) (5)",
    ),
    Switch(
        "remote_paths",
        ("all", "door_operate", "open_door_v1_0", "open_door_v1_1"),
        "all",
        M,
        "which way of opening remotely exists; the others answer 1108 (5)",
    ),
    Switch(
        "lock_by_api",
        ("acts", "acts_stale", "no_effect", "refused"),
        "acts",
        M,
        "open: false locks; locks with a stale status; does nothing; or answers 2003 (5)",
    ),
    Switch(
        "device_update_time",
        ("moves", "still"),
        "moves",
        I,
        "update_time of a device moves with its reports (6.1)",
    ),
)

SWITCHES: tuple[Switch, ...] = (
    *GATEWAY,
    *PASSWORDS,
    *SCHEDULES,
    *OFFLINE,
    *TEMPLATES,
    *RECORDS,
    *MEMBERS,
    *REMOTE,
)
