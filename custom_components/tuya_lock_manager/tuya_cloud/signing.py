"""The signature of a request, as pure functions.

Source: "Signature Algorithm for New Developers" of Tuya's documentation. Everything is
signed as it is meant, before any percent-encoding, as Tuya's own SDKs do.
"""

from collections.abc import Mapping, Sequence
import hashlib
from hmac import trans_5C, trans_36
import re
from urllib.parse import quote

SIGN_METHOD = "HMAC-SHA256"

# What travels as it is; most queries are nothing else.
_PLAIN = re.compile(r"[A-Za-z0-9_.~,-]*")
_BLOCK_SIZE = hashlib.sha256().block_size
_HASH_OF_NOTHING = hashlib.sha256(b"").hexdigest()


type Key = tuple[hashlib._Hash, hashlib._Hash]  # noqa: SLF001  # its only name


def url_to_sign(path: str, query: Mapping[str, str] | None = None) -> str:
    """Return path and query, sorted by key: the cloud sorts before it compares."""
    if not query:
        return path
    return f"{path}?{'&'.join(f'{key}={query[key]}' for key in sorted(query))}"


def url_to_send(path: str, query: Mapping[str, str] | None = None) -> str:
    """Return the same path and query as they travel.

    Only what may not stand in a URL is percent-encoded; a comma stays a comma.
    """
    if not query:
        return path
    if _PLAIN.fullmatch("".join((*query, *query.values()))):
        return url_to_sign(path, query)
    pairs = (
        f"{quote(key, safe='')}={quote(query[key], safe=',')}" for key in sorted(query)
    )
    return f"{path}?{'&'.join(pairs)}"


def string_to_sign(
    method: str,
    url: str,
    body: bytes = b"",
    signed_headers: Sequence[tuple[str, str]] = (),
) -> str:
    """Return what the signature covers besides identity and time.

    `body` is exactly what is sent; without one the hash of nothing counts. The block of
    signed headers, which this client leaves empty, ends with a line break of its own.
    """
    content_hash = hashlib.sha256(body).hexdigest() if body else _HASH_OF_NOTHING
    headers = "".join(f"{name}:{value}\n" for name, value in signed_headers)
    return f"{method}\n{content_hash}\n{headers}\n{url}"


def sign(
    to_sign: str,
    key: Key,
    *,
    access_id: str,
    time_ms: int,
    access_token: str = "",
    nonce: str = "",
) -> str:
    """Return the signature in upper-case hexadecimal digits.

    Requests for a token are signed without one.
    """
    message = f"{access_id}{access_token}{time_ms}{nonce}{to_sign}"
    inner, outer = key
    content = inner.copy()
    content.update(message.encode())
    signature = outer.copy()
    signature.update(content.digest())
    return signature.hexdigest().upper()


def key_of(access_secret: str) -> Key:
    """Return both hashes of HMAC (RFC 2104) after the key, the same for every request.

    An object of `hmac` does it too, but takes three times as long to copy, which is felt
    in the cost of a whole call.
    """
    key = access_secret.encode()
    if len(key) > _BLOCK_SIZE:
        key = hashlib.sha256(key).digest()
    key = key.ljust(_BLOCK_SIZE, b"\0")
    return hashlib.sha256(key.translate(trans_36)), hashlib.sha256(
        key.translate(trans_5C)
    )
