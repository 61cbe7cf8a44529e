"""Names that several modules of Tuya Lock Manager share."""

from typing import Final

DOMAIN: Final = "tuya_lock_manager"

# What a config entry stores. The unique id of an entry is
# "<access id>@<host of the base URL>".
CONF_ACCESS_ID: Final = "access_id"
CONF_ACCESS_SECRET: Final = "access_secret"
CONF_DATA_CENTER: Final = "data_center"
CONF_URL: Final = "url"

# "auto" is an answer in a form only; an entry stores the data centre that was
# found, or "custom".
DATA_CENTER_AUTO: Final = "auto"
DATA_CENTER_CUSTOM: Final = "custom"

# Options: names of guests and members in entities, and what a user overrules for
# a lock. OPT_LOCKS maps a Tuya device id to a mapping of the three keys below it,
# each of which is absent where the lock follows the automatic choice.
OPT_NAMES: Final = "names"
OPT_LOCKS: Final = "locks"
OPT_DIGITS: Final = "digits"
OPT_TIME_ZONE: Final = "time_zone"
OPT_FAMILY: Final = "family"

DEFAULT_NAMES: Final = True

# Whether the digits of codes made here are kept, sealed, so that they can be changed.
OPT_KEEP_DIGITS: Final = "keep_digits"
DEFAULT_KEEP_DIGITS: Final = True

# What voice and language models may do besides reading; VOICE_NOTIFY is the notify
# entity that digits are sent to, absent where there is none.
OPT_VOICE_CREATE: Final = "voice_create"
OPT_VOICE_DELETE: Final = "voice_delete"
OPT_VOICE_SPEAK: Final = "voice_speak"
OPT_VOICE_NOTIFY: Final = "voice_notify"

# What the project's plan allows: Tuya's free one, or a number of calls a month.
OPT_PLAN: Final = "plan"
OPT_CALLS: Final = "calls"
PLAN_TRIAL: Final = "trial"
PLAN_NUMBER: Final = "number"
DEFAULT_PLAN: Final = PLAN_TRIAL

# How soon news are to be heard of: see domain/cadence.py.
OPT_PACE: Final = "pace"

# What the logbook is told of openings and alarms (see logbook.py).
EVENT_HAPPENED: Final = f"{DOMAIN}_event"
ATTR_MESSAGE: Final = "message"

# What a guest calendar's config subentry stores; domain/guest_rules.py reads it.
# GUEST_CALENDAR and GUEST_NOTIFY are ids in the entity registry, or the entity ids of
# entities that are not in there; GUEST_LOCKS, GUEST_EXCLUDE are lists; times of day are "HH:MM:SS";
# GUEST_BEFORE and GUEST_AFTER are minutes, GUEST_LEAD hours. Absent is the default.
SUBENTRY_GUESTS: Final = "guest_calendar"
GUEST_CALENDAR: Final = "calendar"
GUEST_LOCKS: Final = "locks"
GUEST_INCLUDE: Final = "include"
GUEST_EXCLUDE: Final = "exclude"
GUEST_CHECK_IN: Final = "check_in"
GUEST_CHECK_OUT: Final = "check_out"
GUEST_BEFORE: Final = "before"
GUEST_AFTER: Final = "after"
GUEST_LEAD: Final = "lead"
GUEST_DIGITS_FROM: Final = "digits_from"
GUEST_PATTERN: Final = "pattern"
GUEST_OFFLINE_FALLBACK: Final = "offline_fallback"
GUEST_NOTIFY: Final = "notify"
GUEST_MESSAGE: Final = "message"
