"""Digits that must outlive a call, sealed.

Tuya wants the digits again whenever a code is changed and never tells them, so they are
kept: encrypted with AES-256-GCM, with a key made from the Access Secret and a stored
salt. That protects a copy of that one file, and from its curious reader. It does not
protect from somebody who holds the whole of Home Assistant's storage, or a backup with it:
the Access Secret is in there too.
"""

import base64
import json
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SALT_BYTES = 16
_KEY_BYTES = 32
_NONCE_BYTES = 12
_PURPOSE = b"tuya_lock_manager sealed digits 1"


class DigitsSafe:
    """Seals the digits of one account's codes, and opens them again.

    What was sealed opens only with the same Access Secret and salt, for the same account,
    lock and code.
    """

    def __init__(self, access_secret: str, salt: bytes, entry_id: str) -> None:
        """Make the key."""
        self._entry_id = entry_id
        self._cipher = AESGCM(
            HKDF(
                algorithm=SHA256(), length=_KEY_BYTES, salt=salt, info=_PURPOSE
            ).derive(access_secret.encode())
        )

    def seal(self, lock_id: str, label: str, digits: str) -> str:
        """Return digits in a form that can be stored.

        `label` tells the code apart on its lock: a reference or a password id.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._cipher.encrypt(
            nonce, digits.encode(), self._belonging(lock_id, label)
        )
        return base64.urlsafe_b64encode(nonce + sealed).decode()

    def open(self, lock_id: str, label: str, sealed: str) -> str | None:
        """Return the digits; None where they were sealed for, or by, something else."""
        try:
            raw = base64.b64decode(sealed, altchars=b"-_", validate=True)
            return self._cipher.decrypt(
                raw[:_NONCE_BYTES],
                raw[_NONCE_BYTES:],
                self._belonging(lock_id, label),
            ).decode()
        except InvalidTag, ValueError:
            return None

    def _belonging(self, lock_id: str, label: str) -> bytes:
        """Return what the seal is bound to, so that none fits another code."""
        return json.dumps([self._entry_id, lock_id, label]).encode()
