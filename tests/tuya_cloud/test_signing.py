"""The signature, against every known vector."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.tuya_cloud.signing import (
    key_of,
    sign,
    string_to_sign,
    url_to_send,
    url_to_sign,
)

from .fake_cloud import UNHURRIED

ENCODABLE = st.characters(exclude_categories=["Cs"])
VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text())["signatures"]


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_vector(vector: dict[str, Any]) -> None:
    """The signature is the published one."""
    body = vector.get("body", "").encode()
    to_sign = string_to_sign(
        vector["method"],
        url_to_sign(vector["path"], vector.get("query")),
        body,
        [(name, value) for name, value in vector.get("signed_headers", [])],
    )
    signature = sign(
        to_sign,
        key_of(vector["access_secret"]),
        access_id=vector["access_id"],
        time_ms=vector["time_ms"],
        access_token=vector.get("access_token", ""),
        nonce=vector.get("nonce", ""),
    )
    assert signature == vector["sign"]
    if "body_hash" in vector:
        assert hashlib.sha256(body).hexdigest() == vector["body_hash"]
        assert to_sign.split("\n")[1] == vector["body_hash"]


def test_no_headers_leave_one_empty_line() -> None:
    """Without signed headers the hash and the path are one empty line apart."""
    assert string_to_sign("GET", "/x").split("\n")[2:] == ["", "/x"]


def test_query_is_sorted_and_signed_as_it_is_meant() -> None:
    """Values are signed before encoding; commas travel as commas."""
    query = {"b": "x,y", "a": "ü /?"}
    assert url_to_sign("/p", query) == "/p?a=ü /?&b=x,y"
    assert url_to_send("/p", query) == "/p?a=%C3%BC%20%2F%3F&b=x,y"
    assert url_to_send("/p") == url_to_sign("/p", {}) == "/p"


@UNHURRIED
@given(
    st.dictionaries(
        st.text(ENCODABLE, min_size=1),
        st.text(ENCODABLE),
    )
)
def test_what_is_sent_decodes_to_what_is_signed(query: dict[str, str]) -> None:
    """Any query decodes to the pairs that were signed, in their order."""
    sent = url_to_send("/p", query)
    pairs = parse_qsl(sent.partition("?")[2], keep_blank_values=True)
    assert url_to_sign("/p", dict(pairs)) == url_to_sign("/p", query)
    assert [key for key, _ in pairs] == sorted(query)


@given(st.text(ENCODABLE, max_size=100), st.text(ENCODABLE, max_size=300))
def test_any_secret_signs_like_the_standard_library(secret: str, text: str) -> None:
    """The hash is HMAC-SHA256, however long the key is."""
    signature = sign(text, key_of(secret), access_id="", time_ms=1)
    expected = hmac.digest(secret.encode(), f"1{text}".encode(), "sha256")
    assert signature == expected.hex().upper()
