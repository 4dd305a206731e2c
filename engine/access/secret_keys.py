"""Secrets that a browser, a client or a phone keeps: the database knows digests, and what is sealed with our key."""

import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12


class Unsealable(ValueError):
    """What was sealed with another key, or is nothing that was sealed."""


def new_secret(prefix: str = "") -> str:
    return prefix + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    # No salt and no slow hash: 256 bits of chance cannot be guessed, and the digest must be found by index.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def keyed_digest_of(short_secret: str, secret_key: str, purpose: str) -> str:
    """For secrets that people type: short enough to be tried out by whoever has the database, but not the key."""
    key = _derived(secret_key, purpose)
    return hmac.new(key, short_secret.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def sealed(text: str, secret_key: str, purpose: str) -> str:
    """Readable only with the same key and for the same purpose: see decision 0009."""
    nonce = os.urandom(NONCE_BYTES)
    content = AESGCM(_derived(secret_key, purpose)).encrypt(nonce, text.encode(), None)
    return urlsafe_b64encode(nonce + content).decode()


def unsealed(text: str, secret_key: str, purpose: str) -> str:
    """Raises Unsealable."""
    try:
        content = urlsafe_b64decode(text)
        plain = AESGCM(_derived(secret_key, purpose)).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], None)
    except (InvalidTag, NotBase64, ValueError) as error:
        raise Unsealable from error
    return plain.decode()


def _derived(secret_key: str, purpose: str) -> bytes:
    """A key of its own for each purpose, so that what leaks of one says nothing of another."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"tatakerja {purpose}".encode()).derive(
        secret_key.encode()
    )
