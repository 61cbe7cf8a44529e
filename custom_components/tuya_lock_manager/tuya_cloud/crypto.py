"""Encryption of a password with a ticket, as pure functions.

Source: the Chinese edition of Tuya's "door lock password" page, and measurements on
real locks: the whole Access Secret is the key, and the digits must be written in
lower-case hexadecimal. Upper case is accepted by the cloud and never opens the door.
"""

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from .errors import InvalidCredentialsError, MalformedResponseError

BLOCK_BITS = 128
SECRET_BYTES = 32
TICKET_KEY_BYTES = 16


def decrypt_ticket_key(ticket_key: str, access_secret: str) -> bytes:
    """Return the key that a ticket holds: AES-256-ECB, PKCS7, key is the secret.

    Raises:
        InvalidCredentialsError: the Access Secret has not 32 characters.
        MalformedResponseError: the ticket holds no such key.
    """
    secret = access_secret.encode()
    if len(secret) != SECRET_BYTES:
        raise InvalidCredentialsError("The Access Secret must have 32 characters")
    # ECB is what the protocol prescribes; the key in a ticket is random and used once.
    decryptor = Cipher(algorithms.AES(secret), modes.ECB()).decryptor()
    unpadder = PKCS7(BLOCK_BITS).unpadder()
    try:
        padded = decryptor.update(bytes.fromhex(ticket_key)) + decryptor.finalize()
        key = unpadder.update(padded) + unpadder.finalize()
    except ValueError:
        key = b""
    if len(key) != TICKET_KEY_BYTES:
        raise MalformedResponseError("ticket: the key cannot be used")
    return key


def encrypt_password(digits: str, *, ticket_key: str, access_secret: str) -> str:
    """Return the digits encrypted: AES-128-ECB, PKCS7, lower-case hexadecimal.

    Raises:
        InvalidCredentialsError: the Access Secret has not 32 characters.
        MalformedResponseError: the ticket cannot be used.
    """
    key = decrypt_ticket_key(ticket_key, access_secret)
    padder = PKCS7(BLOCK_BITS).padder()
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    padded = padder.update(digits.encode()) + padder.finalize()
    return (encryptor.update(padded) + encryptor.finalize()).hex()
