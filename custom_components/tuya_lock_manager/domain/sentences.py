"""What happened at a lock, as a person would write it."""

from datetime import datetime, tzinfo

from .alarms import Alarm, AlarmType
from .openings import Opening, OpeningMethod

_WITH = {
    OpeningMethod.FINGERPRINT: "with a fingerprint",
    OpeningMethod.PASSWORD: "with a password",
    OpeningMethod.CARD: "with a card",
    OpeningMethod.FACE: "with a face",
    OpeningMethod.HAND: "with a palm",
    OpeningMethod.FINGER_VEIN: "with a finger vein",
    OpeningMethod.IDENTITY_CARD: "with an identity card",
    OpeningMethod.TEMPORARY_CODE: "with a temporary code",
    OpeningMethod.OFFLINE_CODE: "with an offline code",
    OpeningMethod.DYNAMIC_CODE: "with a dynamic code",
    OpeningMethod.EMERGENCY_CODE: "with an emergency code",
    OpeningMethod.KEY: "with a key",
    OpeningMethod.APP: "with the app",
    OpeningMethod.REMOTE: "from afar",
    OpeningMethod.VOICE: "by voice",
    OpeningMethod.BLUETOOTH: "over Bluetooth",
    OpeningMethod.COMBINED: "with two methods together",
    OpeningMethod.INSIDE: "from inside",
}
_ALARMS = {
    AlarmType.WRONG_FINGER: "was tried with a wrong finger",
    AlarmType.WRONG_PASSWORD: "was tried with a wrong password",
    AlarmType.WRONG_CARD: "was tried with a wrong card",
    AlarmType.WRONG_FACE: "was tried with a wrong face",
    AlarmType.TONGUE_BAD: "raised an alarm: the bolt is stuck",
    AlarmType.TOO_HOT: "raised an alarm: it is too hot",
    AlarmType.UNCLOSED_TIME: "raised an alarm: the door was left open",
    AlarmType.TONGUE_NOT_OUT: "raised an alarm: the bolt did not come out",
    AlarmType.PRY: "raised an alarm: somebody pries it",
    AlarmType.KEY_IN: "raised an alarm: a key was left in it",
    AlarmType.LOW_BATTERY: "raised an alarm: its battery is low",
    AlarmType.POWER_OFF: "raised an alarm: its battery is empty",
    AlarmType.SHOCK: "raised an alarm: it was shaken",
    AlarmType.DEFENSE: "raised an alarm: it was opened while armed",
    AlarmType.STAY_ALARM: "raised an alarm: somebody loiters",
    AlarmType.HIJACK: "raised an alarm: it was opened under duress",
    AlarmType.UNKNOWN: "raised an alarm",
}
RANG = "was rung at"


def opening_sentence(opening: Opening, *, names: bool) -> str:
    """Return what follows the lock's name, with who it was if names may be said."""
    who = (opening.person or opening.password_name) if names else None
    parts = "was unlocked", f"by {who}" if who else "", _WITH.get(opening.method)
    return " ".join(part for part in parts if part)


def alarm_sentence(alarm: Alarm) -> str:
    """Return what follows the lock's name."""
    return _ALARMS[alarm.type]


def told_late(sentence: str, moment: datetime, zone: tzinfo) -> str:
    """Return a sentence with when it happened: the logbook writes when it was told."""
    return f"{sentence} (on {moment.astimezone(zone):%Y-%m-%d at %H:%M})"
