"""Checking signatures (protocol reference, section 1.1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
import hashlib
import hmac
from urllib.parse import unquote

# Headers and paths with bytes that are no UTF-8 are signed as those bytes.
SAME_BYTES = "surrogateescape"


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What a signature covers.

    `raw_path` and `raw_query` are as received, still percent-encoded.
    """

    method: str
    raw_path: str
    raw_query: str
    body: bytes
    headers: Mapping[str, str]


def _pairs(raw_query: str) -> list[tuple[str, str]]:
    pairs = []
    for part in raw_query.split("&"):
        if part:
            key, _, value = part.partition("=")
            pairs.append((key, value))
    return sorted(pairs, key=lambda pair: pair[0])


def _join(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    query = "&".join(f"{key}={value}" for key, value in pairs)
    return f"{path}?{query}" if query else path


def signed_urls(request: SignedRequest, form: str) -> set[str]:
    """Return the spellings of the URL that may have been signed.

    Args:
        request: the request.
        form: `decoded`, `encoded` or `either` (the switch `query_signature`).
    """
    pairs = _pairs(request.raw_query)
    plain = [(_decode(key), _decode(value)) for key, value in pairs]
    # Only query values differ between clients; the path is the same either way.
    paths = (request.raw_path, unquote(request.raw_path))
    urls = {
        "decoded": {_join(path, plain) for path in paths},
        "encoded": {_join(path, pairs) for path in paths},
    }
    return urls.get(form, urls["decoded"] | urls["encoded"])


def _decode(text: str) -> str:
    """Return a part of a query as text; a plus is a blank."""
    return unquote(text.replace("+", " "), errors=SAME_BYTES)


def header_block(request: SignedRequest, *, newline: bool) -> str:
    """Return the signed headers, each with a newline or joined by newlines."""
    names = request.headers.get("Signature-Headers", "")
    lines = [
        f"{name}:{request.headers[name]}"
        for name in names.split(":")
        if name and name in request.headers
    ]
    if newline:
        return "".join(f"{line}\n" for line in lines)
    return "\n".join(lines)


def sign(secret: str, message: str) -> str:
    """Return HMAC-SHA256 in upper-case hexadecimal."""
    return (
        hmac.new(secret.encode(), message.encode("utf-8", SAME_BYTES), hashlib.sha256)
        .hexdigest()
        .upper()
    )


def is_form(request: SignedRequest) -> bool:
    """Tell whether the body is a form, which is never hashed."""
    kind = request.headers.get("Content-Type", "")
    return kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data"))


def verify(
    request: SignedRequest,
    secret: str,
    tokens: Iterable[str],
    *,
    form: str = "decoded",
    newline: bool = True,
    old: bool = False,
) -> bool:
    """Tell whether the `sign` header fits the request.

    Args:
        request: the request as received.
        secret: the project's secret.
        tokens: access tokens that may be part of the message ("" for none).
        form: which spelling of the query is signed.
        newline: whether a block of signed headers ends with a newline.
        old: also accept the signature of projects made before 2021-06-30.
    """
    given = request.headers.get("sign", "")
    start = request.headers.get("client_id", "")
    stamp = request.headers.get("t", "") + request.headers.get("nonce", "")
    content = hashlib.sha256(b"" if is_form(request) else request.body).hexdigest()
    block = header_block(request, newline=newline)
    messages: list[str] = []
    for token in tokens:
        messages.extend(
            f"{start}{token}{stamp}{request.method}\n{content}\n{block}\n{url}"
            for url in signed_urls(request, form)
        )
        if old:
            messages.append(f"{start}{token}{request.headers.get('t', '')}")
    # A signature is ASCII; anything else cannot be compared and cannot be right.
    return given.isascii() and any(
        hmac.compare_digest(sign(secret, message), given) for message in messages
    )
