"""Ticket keys and password encryption (protocol reference, section 2.2)."""

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK_BITS = 128


def _ecb(key: bytes) -> Cipher[modes.ECB]:
    return Cipher(algorithms.AES(key), modes.ECB())


def seal_ticket_key(plain_key: str, access_secret: str) -> str:
    """Return the `ticket_key` of a ticket: AES-256-ECB under the whole secret, hex.

    Args:
        plain_key: 16 ASCII characters, the AES-128 key of the password.
        access_secret: the project's secret, 32 characters.
    """
    padder = padding.PKCS7(BLOCK_BITS).padder()
    padded = padder.update(plain_key.encode()) + padder.finalize()
    encryptor = _ecb(access_secret.encode()).encryptor()
    return (encryptor.update(padded) + encryptor.finalize()).hex()


def open_password(password: str, plain_key: str) -> str:
    """Return the digits in an encrypted password.

    Raises:
        ValueError: not hexadecimal, not whole blocks, wrong padding, or not text;
            in practice a wrong key.
    """
    raw = bytes.fromhex(password)
    if not raw or len(raw) % 16 or len(password) != 2 * len(raw):
        raise ValueError("not whole blocks")
    decryptor = _ecb(plain_key.encode()).decryptor()
    padded = decryptor.update(raw) + decryptor.finalize()
    unpadder = padding.PKCS7(BLOCK_BITS).unpadder()
    return (unpadder.update(padded) + unpadder.finalize()).decode("ascii")
