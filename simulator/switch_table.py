"""Every switch, with the sure-footedness of its default.

Section numbers are those of the protocol reference; D is the domain's rules.
"""

from .switch_table_passwords import OFFLINE, PASSWORDS, SCHEDULES, TEMPLATES
from .switches import Switch
from .tags import C, D, H, I, M

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
        "no_standard_codes",
        ("2009", "empty"),
        "2009",
        C,
        "functions and specifications of a lock without standard codes (6.2)",
    ),
    Switch(
        "data_center",
        ("right", "28841107", "2007", "1106", "empty"),
        "right",
        M,
        "the project lives elsewhere: business calls answer this code, or lists are empty (1.6)",
    ),
    Switch(
        "time_check",
        ("either", "simulated"),
        "either",
        H,
        "the header t must fit the simulated clock, or the simulated or the machine's clock",
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
        "member_schedule",
        ("any", "snake", "camel", "wrapped"),
        "any",
        D,
        "spelling of a member's time limit that is understood; others answer 1100 (3.2)",
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
