"""The cloud project, the app account, tokens and tickets."""

from dataclasses import dataclass, field
import hashlib

from .errors import ApiError
from .json_types import JsonObject
from .surroundings import Surroundings

TOKEN_SECONDS = 7200
# A token this close to its end isn't handed out again.
RENEWAL_SECONDS = 120
# Old tickets and tokens are forgotten in the end, so that long runs stay small.
KEPT_SECONDS = 86400
KEPT_TOKENS = 500
KEY_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(slots=True)
class Token:
    """One pair of tokens.

    Attributes:
        access: the access token.
        refresh: the refresh token, good for one use.
        uid: whose it is.
        expires: seconds since 1970.
    """

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    uid: str
    expires: float


@dataclass(slots=True)
class Ticket:
    """A ticket to encrypt one password with."""

    id: str
    device_id: str
    key: str = field(repr=False)
    expires: float
    used: bool = False


@dataclass(slots=True)
class Plan:
    """What the project's subscription allows.

    Attributes:
        expired: the plan has ended.
        quota: requests left this month, None without end.
        lock_service: the smart lock service is part of the project.
        burst: requests allowed per second, None without end.
    """

    expired: bool = False
    quota: int | None = None
    lock_service: bool = True
    burst: int | None = None

    def as_json(self) -> JsonObject:
        """Return the plan for the control API."""
        return {
            "expired": self.expired,
            "quota": self.quota,
            "lock_service": self.lock_service,
            "burst": self.burst,
        }


@dataclass(slots=True)
class AppAccount:
    """The account of the vendor's app that is linked to the project."""

    country_code: str
    username: str
    password: str = field(repr=False)
    schema: str
    uid: str

    def accepts(self, username: str, given: str) -> bool:
        """Tell whether a login fits: the password as MD5 or SHA-256, lower case."""
        plain = self.password.encode()
        hashes = {
            hashlib.md5(plain).hexdigest(),
            hashlib.sha256(plain).hexdigest(),
        }
        return username == self.username and given in hashes


class Project:
    """A cloud project: its keys, its tokens, its tickets, its plan."""

    def __init__(self, around: Surroundings) -> None:
        """Make a project with keys by chance."""
        self._around = around
        self.access_id = around.word(20)
        self.access_secret = around.hexadecimal(32)
        self.uid = f"bay{around.word(17, '0123456789')}"
        self.plan = Plan()
        self.account = AppAccount(
            country_code="49",
            username="owner@home.example",
            password=around.word(12, KEY_ALPHABET),
            schema="smartlife",
            uid=f"eu{around.word(18, '0123456789')}",
        )
        self.tokens: dict[str, Token] = {}
        self.tickets: dict[str, Ticket] = {}

    def _issue(self, uid: str) -> Token:
        token = Token(
            access=self._around.hexadecimal(32),
            refresh=self._around.hexadecimal(32),
            uid=uid,
            expires=self._around.clock.now() + TOKEN_SECONDS,
        )
        self.tokens[token.access] = token
        for oldest in list(self.tokens)[:-KEPT_TOKENS]:
            del self.tokens[oldest]
        return token

    def grant(self, uid: str) -> Token:
        """Give a token, new or not by the switch `token_grant`."""
        now = self._around.clock.now()
        policy = self._around.switches.get("token_grant")
        own = [token for token in self.tokens.values() if token.uid == uid]
        if policy == "same_until_expiry":
            for token in own:
                if token.expires - now > RENEWAL_SECONDS:
                    return token
        if policy == "new_kills_old":
            for token in own:
                del self.tokens[token.access]
        return self._issue(uid)

    def refresh(self, refresh_token: str) -> Token:
        """Change a refresh token for a new pair; the old pair is dead.

        Raises:
            ApiError: 1010, the refresh token is unknown or was used.
        """
        for token in list(self.tokens.values()):
            if token.refresh == refresh_token:
                del self.tokens[token.access]
                return self._issue(token.uid)
        raise ApiError(1010)

    def check_token(self, access: str) -> Token:
        """Return a valid token.

        Raises:
            ApiError: 1002 none given, 1010 (or 1011, by switch) unknown or expired.
        """
        if not access:
            raise ApiError(1002)
        texts = self._around.switches.get("token_texts")
        token = self.tokens.get(access)
        if token is None:
            raise ApiError(1011 if texts == "invalid_1011" else 1010)
        if token.expires <= self._around.clock.now():
            raise ApiError(
                1010, "token invalid" if texts == "invalid_1010" else "token is expired"
            )
        return token

    def revoke_tokens(self) -> int:
        """Make every token unknown; returns how many there were."""
        count = len(self.tokens)
        self.tokens.clear()
        return count

    def expire_tokens(self) -> int:
        """Make every token expired; returns how many there were."""
        for token in self.tokens.values():
            token.expires = self._around.clock.now()
        return len(self.tokens)

    def new_ticket(self, device_id: str) -> Ticket:
        """Give a ticket for a device."""
        life = self._around.switches.number("ticket_lifetime", device_id)
        ticket = Ticket(
            id=self._around.word(8, KEY_ALPHABET),
            device_id=device_id,
            key=self._around.word(16, KEY_ALPHABET),
            expires=self._around.clock.now() + life,
        )
        now = self._around.clock.now()
        self.tickets = {
            k: t for k, t in self.tickets.items() if t.expires > now - KEPT_SECONDS
        }
        self.tickets[ticket.id] = ticket
        return ticket

    def use_ticket(self, ticket_id: str, device_id: str) -> Ticket:
        """Take a ticket for a call.

        Raises:
            ApiError: by the switch `ticket_error`, when it is unknown, expired, used
                or another device's.
        """
        switches = self._around.switches
        ticket = self.tickets.get(ticket_id)
        single = switches.get("ticket_single_use", device_id) == "on"
        bad = (
            ticket is None
            or ticket.device_id != device_id
            or ticket.expires <= self._around.clock.now()
            or (ticket.used and single)
        )
        if ticket is None or bad:
            raise ApiError(int(switches.get("ticket_error", device_id)))
        ticket.used = True
        return ticket
