"""Every kind of wrong input for every action: what is told, and what may be asked.

Rows name an action, the translation key of its answer, and the fields that are wrong
or that make it wrong; the other fields are those of a good call. To leave a field out,
its value is `...`. What is wrong for a kind of field, whatever its name, is in
wrong_values.py.
"""

from dataclasses import replace
from typing import Any

from tests.acting import GARAGE, GARDEN_GATE, OFFICE, SHED
from tests.residents import MEMBER_ACTIONS, METHOD_ACTIONS
from tests.wrong_values import SERVICES, Wrong

# Calls that work in the home of these tests (`async_furnish`).
GOOD: dict[str, dict[str, Any]] = {
    "create_temp_password": {"name": "Eve"},
    "issue_clear_code": {"password": "Bob"},
    "delete_password": {"password": "Ann"},
    "update_password": {"password": "Ann", "new_name": "Eve"},
    "freeze_password": {"password": "Ann"},
    "list_passwords": {},
    "clean_up_passwords": {},
    "list_template_passwords": {},
    "create_template_password": {"name": "Eve"},
    "delete_template_password": {"password": "Tom"},
    **MEMBER_ACTIONS,
    **METHOD_ACTIONS,
    "attach_record": {"record": "nobody's", "member": "Cleaner"},
    "list_records": {},
    "mark_alarms_read": {},
    "answer_unlock_request": {"accept": True},
    "get_lock_info": {},
}
# Where the good call is for another lock than the front door.
AT = {"answer_unlock_request": GARAGE}

# Whether the good call changes the cloud, reads it, or needs it not at all.
READING = frozenset(
    {
        *("list_members", "list_unlock_methods", "list_records", "get_lock_info"),
        "list_template_passwords",
    }
)
ASKING_NOTHING = frozenset({"list_passwords", "mark_alarms_read"})
CHANGING = frozenset(SERVICES) - READING - ASKING_NOTHING

# What is about members and unlock methods: every lock has the same of them.
PEOPLE = frozenset({*MEMBER_ACTIONS, *METHOD_ACTIONS})

# Fields for which nothing is wrong but what `wrong_values` tries.
NO_RULE_OF_THEIR_OWN: dict[str, frozenset[str]] = {
    "create_temp_password": frozenset(
        {"allow_rounding", "accept_unenforced", "wait_for_delivery"}
    ),
    "delete_password": frozenset({"wait_for_delivery"}),
    "issue_clear_code": frozenset({"confirm"}),
    "update_password": frozenset({"accept_unenforced", "wait_for_delivery"}),
    "list_passwords": frozenset({"only_clearable"}),
    "create_template_password": frozenset(
        {"one_time", "accept_unenforced", "check_name"}
    ),
    "freeze_password": frozenset({"frozen"}),
    "list_members": frozenset({"details"}),
    "enrol_unlock_method": frozenset({"wait"}),
    "answer_unlock_request": frozenset({"accept"}),
}

UNPRINTABLE = ("Ann\nBob", "Ann\tBob", "Ann\x7f", "Ann\x00", "Ann\ud800")
NO_DIGITS = (
    *("9O5172", "-90517", " 90517", "90517²", "٩٠٥١٧٢"),
    "\uff19\uff10\uff15\uff11\uff17\uff12",
)
NO_CODE_TEXT = (905172, 0o123456, -1, 905172.0, True, ["905172"], {"code": "905172"})
WEAK = ("000000", "123456", "987654", "121212", "905905", "010626", "060126", "260601")


def _each(key: str, name: str, values: tuple[object, ...], **data: Any) -> list[Wrong]:
    return [Wrong(key, {**data, name: value}) for value in values]


def _codes(**data: Any) -> list[Wrong]:
    """Return wrong digits for the front door, which takes six."""
    return [
        *_each("code_not_text", "code", NO_CODE_TEXT, **data),
        *_each("code_not_digits", "code", NO_DIGITS, **data),
        *_each("code_length", "code", ("", "90517", "9051726", "9" * 5000), **data),
        *_each("code_weak", "code", WEAK[:5], **data),
    ]


def _new_names(name: str, **data: Any) -> list[Wrong]:
    return [
        *_each("new_name_empty", name, ("", "  ", "\u200b\u200d"), **data),
        *_each("name_not_printable", name, UNPRINTABLE, **data),
    ]


# The window of two of the codes that there are.
STAY = {"start": "2026-06-01 12:00:00", "end": "2026-06-02 12:00:00"}

# It is half past twelve on the first of June, in Berlin.
WINDOWS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "window_end_before_start",
        {"start": "2026-06-02 12:00:00", "end": "2026-06-02 11:00:00"},
    ),
    (
        "window_end_before_start",
        {"start": "2026-06-02 12:00:00", "end": "2026-06-02 12:00:00"},
    ),
    ("window_in_past", {"end": "2026-06-01 12:30:00"}),
    ("window_in_past", {"end": "1970-01-01 00:00:00"}),
    ("window_out_of_range", {"end": "0001-01-01 00:00:00"}),
    ("window_out_of_range", {"end": "2290-01-01 00:00:00"}),
    ("window_out_of_range", {"end": "9999-12-31 23:59:59-12:00"}),
    (
        "window_out_of_range",
        {"start": "0001-01-01 00:00:00", "end": "2026-06-02 12:00:00"},
    ),
    (
        "window_out_of_range",
        {"start": "1960-01-01 00:00:00", "end": "2026-06-02 12:00:00"},
    ),
)
DURATIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("window_end_before_start", {"duration": "00:00:00"}),
    ("window_end_before_start", {"duration": {"hours": -1}}),
    ("window_end_before_start", {"duration": {"days": -999_999_999}}),
    ("window_out_of_range", {"duration": {"days": 999_999_999}}),
    ("window_in_past", {"start": "2026-06-01 10:00:00", "duration": "01:00:00"}),
    ("window_end_and_duration", {"end": "2026-06-02 12:00:00", "duration": "01:00:00"}),
)
SCHEDULES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("schedule_weekdays", {"weekdays": []}),
    ("schedule_weekdays", {"weekdays": ["sunday"]}),
    ("schedule_weekdays", {"weekdays": "mon, tue"}),
    ("schedule_minutes", {"daily_start": "08:00:30", "daily_end": "12:00:00"}),
    ("schedule_over_midnight", {"daily_start": "22:00:00", "daily_end": "06:00:00"}),
    ("schedule_over_midnight", {"daily_start": "08:00:00", "daily_end": "08:00:00"}),
)


_TIMEOUTS = [
    *_each(
        "delivery_timeout_range",
        "delivery_timeout",
        (0, -1, 301, "301", 10**30, float("inf"), float("nan")),
    ),
]
_PAGES = [
    *_each("offset_negative", "offset", (-1, "-1", -(10**30))),
    *_each("limit_out_of_range", "limit", (0, -1, 501, 10**30, "501")),
]


def _all(
    rows: tuple[tuple[str, dict[str, Any]], ...], *, reads: bool = False, **data: Any
) -> list[Wrong]:
    return [Wrong(key, {**data, **wrong}, reads=reads) for key, wrong in rows]


TABLE: dict[str, list[Wrong]] = {
    "create_temp_password": [
        *_each("not_a_password_type", "type", ("", "guest", "temp", "clear_one")),
        *_each("name_empty", "name", ("", "   ", "\u200b\u202e\u00a0", "\u3164\u2800")),
        *_each("name_too_long", "name", ("A" * 21, "🦊" * 5000, 10**30)),
        *_each("name_not_printable", "name", UNPRINTABLE),
        *_codes(),
        *_each("code_weak", "code", WEAK, duration={"days": 2}),
        *(
            Wrong(key, {"type": kind, **data})
            for kind in ("custom", "time_limited", "one_time")
            for key, data in (*WINDOWS, *DURATIONS)
        ),
        *(
            Wrong(key, {"type": kind, **data})
            for kind in ("time_limited", "one_time", "dynamic")
            for key, data in (
                ("code_only_for_custom", {"code": "905172"}),
                ("one_time_only_for_custom", {"one_time": True}),
                ("schedule_only_for_custom", {"weekdays": ["mon"]}),
                ("schedule_only_for_custom", {"daily_start": "08:00:00"}),
                ("schedule_only_for_custom", {"daily_end": "08:00:00"}),
            )
        ),
        *(
            Wrong("dynamic_has_no_window", {"type": "dynamic", **data})
            for data in (
                {"duration": "00:05:00"},
                {"start": "2026-06-02 12:00:00"},
                {"end": "2026-06-02 12:00:00"},
            )
        ),
        *_all(SCHEDULES, duration={"days": 7}),
        Wrong("schedule_never_opens", {"weekdays": ["sun"], "duration": "01:00:00"}),
        Wrong("schedule_not_enforced", {"weekdays": ["mon"]}, OFFICE),
        Wrong("twin_password", {"name": "Ann", **STAY}),
        Wrong("code_taken", {"code": "730518"}),
        *_each("reference_empty", "reference", ("", "  ", "\u200b\u200d")),
        *_each("reference_too_long", "reference", ("A" * 5000,)),
        *_each("reference_not_printable", "reference", UNPRINTABLE),
        Wrong("reference_of_dynamic", {"reference": "eve", "type": "dynamic"}),
        Wrong("reference_of_other_type", {"reference": "ann", "type": "one_time"}),
        Wrong(
            "reference_window_fixed_time_limited",
            {"reference": "bob", "type": "time_limited", "duration": {"days": 3}},
        ),
        Wrong("all_or_nothing_offline", {"all_or_nothing": True, "type": "one_time"}),
        Wrong("all_or_nothing_reference", {"all_or_nothing": True, "reference": "ann"}),
        Wrong("all_or_nothing_lock", {"all_or_nothing": True}, SHED),
        *_TIMEOUTS,
        Wrong("online_codes_need_gateway", {}, SHED),
        Wrong("offline_codes_unsupported", {"type": "time_limited"}, GARDEN_GATE),
        Wrong("offline_codes_unsupported", {"type": "one_time"}, GARDEN_GATE),
        Wrong("dynamic_codes_unsupported", {"type": "dynamic"}, GARDEN_GATE),
    ],
    "issue_clear_code": [
        Wrong("clear_one_or_all", {"password": ...}),
        Wrong("clear_one_or_all", {"all": True}),
        *_each("no_such_password", "password", ("", "Zoe", "0", "9" * 5000)),
        Wrong("ambiguous_password", {"password": "twin"}),
        Wrong("clear_code_not_for_custom", {"password": "Ann"}),
        Wrong("clear_code_not_for_one_time", {"password": "Cat"}),
        Wrong("clear_code_not_for_dynamic", {"password": "Dan"}),
        Wrong("offline_codes_unsupported", {"password": ..., "all": True}, GARDEN_GATE),
    ],
    "delete_password": [
        *_each("no_such_password", "password", ("", "Zoe", 905172)),
        Wrong("ambiguous_password", {"password": " TWIN "}),
        Wrong("not_deletable_time_limited", {"password": "Bob"}),
        Wrong("not_deletable_one_time", {"password": "Cat"}),
        Wrong("not_deletable_dynamic", {"password": "Dan"}),
        *_TIMEOUTS,
    ],
    "update_password": [
        *_each("no_such_password", "password", ("", "Zoe", -1)),
        Wrong("ambiguous_password", {"password": "Twin"}),
        *_new_names("new_name"),
        *_each("name_too_long", "new_name", ("A" * 21, "🦊" * 5000)),
        *_codes(),
        *_all(WINDOWS, new_name=...),
        *_all(DURATIONS, new_name=...),
        *_all(SCHEDULES, duration={"days": 7}),
        Wrong("code_or_new_code", {"code": "905172", "new_code": True}),
        Wrong("nothing_to_change", {"new_name": ...}),
        Wrong("not_changeable_time_limited", {"password": "Bob", "new_code": True}),
        Wrong("not_changeable_one_time", {"password": "Cat", "duration": "01:00:00"}),
        Wrong("not_changeable_dynamic", {"password": "Dan", "code": "905172"}),
        Wrong("twin_password", {"new_name": "Amy"}),
        *_TIMEOUTS,
    ],
    "freeze_password": [
        *_each("no_such_password", "password", ("", "Zoe")),
        Wrong("ambiguous_password", {"password": "Twin"}),
        Wrong("freeze_only_custom", {"password": "Bob"}),
        Wrong("freeze_unsupported", {}, OFFICE),
    ],
    "list_passwords": [
        *_each("not_a_filter", "types", ("guest", ["custom", "temp"], [5], 5)),
        *_each("not_a_filter", "states", ("active", ["invalid", ""], 10**30)),
        *_each("not_a_filter", "statuses", ("gone", ["active", ""], 10**30)),
        *_PAGES,
    ],
    # It has no fields.
    "clean_up_passwords": [],
    "list_template_passwords": [
        *_each("no_such_password", "password", ("", "Zoe", 905172)),
        *_each("not_a_template_state", "state", ("", "active", 1)),
        *_PAGES,
    ],
    "create_template_password": [
        *_each("name_empty", "name", ("", "   ", "\u200b\u202e\u00a0", "\u3164\u2800")),
        *_each("name_too_long", "name", ("A" * 21, "🦊" * 5000, 10**30)),
        *_each("name_not_printable", "name", UNPRINTABLE),
        *_each("code_not_text", "code", NO_CODE_TEXT),
        *_all((*WINDOWS, *DURATIONS)),
        # The template list is read first: another code of it may be the same one.
        *(
            replace(row, reads=True)
            for row in (
                *_codes(),
                *_all(SCHEDULES, duration={"days": 7}),
                Wrong("twin_password", {"name": "Ann", **STAY}),
                Wrong("code_taken", {"code": "730518"}),
            )
        ),
        Wrong("online_codes_need_gateway", {}, SHED),
    ],
    "delete_template_password": [
        *_each("no_such_password", "password", ("", "Zoe", 905172)),
        Wrong("ambiguous_password", {"password": " TWIN "}, reads=True),
    ],
    "list_members": [
        *_each("not_a_member_kind", "kind", ("", "guests", 1)),
        *_PAGES,
    ],
    "add_member": [
        *_new_names("name"),
        *_each("member_name_taken", "name", ("OWNER", " cleaner ")),
    ],
    "update_member": [
        *_each("no_such_member", "member", ("", "Clean", "0", -1)),
        Wrong("ambiguous_member", {"member": "twin"}),
        *_new_names("new_name"),
        *_each("member_name_taken", "new_name", ("owner",)),
        *_each("not_a_role", "role", ("", "owner", 1)),
        Wrong("nothing_to_change", {"new_name": ...}),
        Wrong("nothing_to_change", {"new_name": ..., "permanent": False}),
        *(
            Wrong("permanent_or_window", {"permanent": True, name: "2026-06-02 12:00"})
            for name in ("start", "end")
        ),
        *_all(WINDOWS, reads=True),
        Wrong("member_window_no_end", {"start": "2026-06-02 12:00:00"}),
    ],
    "remove_member": [
        *_each("no_such_member", "member", ("", "Gardener")),
        Wrong("ambiguous_member", {"member": "Twin"}),
    ],
    "list_unlock_methods": [
        *_each("no_such_member", "member", ("", "Gardener")),
        Wrong("ambiguous_member", {"member": "Twin"}),
        Wrong("member_or_unassigned", {"member": "Cleaner", "unassigned": True}),
    ],
    "update_unlock_method": [
        *_each("no_such_method", "method", ("", "toe", "fingerprint 99", -1)),
        Wrong("ambiguous_method", {"method": "twin"}),
        Wrong("no_such_method", {"member": "Cleaner"}),
        *_each("no_such_member", "member", ("", "Gardener")),
        *_new_names("new_name"),
        *_each("no_such_member", "assign_to", ("", "Gardener")),
        Wrong("ambiguous_member", {"assign_to": "Twin"}),
        Wrong("assign_or_unassign", {"assign_to": "Cleaner", "unassign": True}),
        Wrong("nothing_to_change", {"new_name": ...}),
        Wrong("duress_not_for_type", {"method": "smile", "duress": True}),
    ],
    "remove_unlock_method": [
        *_each("no_such_method", "method", ("", "card 7")),
        Wrong("ambiguous_method", {"method": "twin"}),
        *_each("no_such_member", "member", ("", "Gardener")),
        Wrong("method_needs_owner", {"method": "fingerprint 3"}),
    ],
    "enrol_unlock_method": [
        *_each("not_an_unlock_type", "type", ("", "key", "finger_vein", 1)),
        *_each("no_such_member", "member", ("", "Gardener")),
        Wrong("ambiguous_member", {"member": "Twin"}),
        Wrong("password_needs_code", {"type": "password"}),
        Wrong("code_only_for_password", {"code": "905172"}),
        *_codes(type="password"),
    ],
    "cancel_enrolment": [
        *_each("not_an_unlock_type", "type", ("", "key", "finger_vein", 1)),
    ],
    "attach_record": [
        *_each("no_such_record", "record", ("", "1", -1, 10**30)),
        Wrong("record_not_attachable", {"record": "somebody's"}),
        *_each("no_such_member", "member", ("", "Gardener")),
        Wrong("ambiguous_member", {"member": "Twin"}),
    ],
    "list_records": [
        *_each("not_a_record_kind", "kind", ("", "opening", 1)),
        *_each("not_a_record_type", "types", ("x", ["card", ""], 10**30)),
        Wrong("not_a_record_type", {"kind": "unlock", "types": ["pry"]}),
        Wrong("nobody_in_records", {"who": "Gardener"}, reads=True),
        *_PAGES,
        *_each("records_start_in_future", "start", ("2026-06-02 12:00:00",)),
        Wrong("window_out_of_range", {"start": "9999-12-31 23:59:59-12:00"}),
        Wrong("window_out_of_range", {"end": "0001-01-01 00:00:00"}),
        Wrong(
            "records_end_before_start",
            {"start": "2026-05-02 12:00:00", "end": "2026-05-02 12:00:00"},
        ),
    ],
    "mark_alarms_read": [],
    "answer_unlock_request": [
        Wrong("unlock_requests_unsupported", {}),
        Wrong("unlock_requests_unsupported", {}, OFFICE),
    ],
    "get_lock_info": [],
}

# Refusals that come after the lists were read anew: what there is may have changed.
AFTER_A_LOOK = frozenset(
    {
        *("no_such_password", "no_such_member", "ambiguous_member"),
        *("no_such_method", "ambiguous_method", "no_such_record"),
        *("member_name_taken", "member_window_no_end", "method_needs_owner"),
        *("duress_not_for_type", "record_not_attachable"),
        *("offline_codes_unsupported", "dynamic_codes_unsupported"),
    }
)
