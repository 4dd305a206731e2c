"""Secrets that a browser or a client keeps; the database knows only their digest."""

import hashlib
import secrets


def new_secret(prefix: str = "") -> str:
    return prefix + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    # No salt and no slow hash: 256 bits of chance cannot be guessed, and the digest must be found by index.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
