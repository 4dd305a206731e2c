"""What every answer tells the browser, what forms must prove, and where a sign-in may lead."""

from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from engine.base.settings import Settings

CONTENT_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in CONTENT_POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
# Room for the other fields of a form beside its file.
FORM_BYTES = 1 << 20
FORM_PARTS = 2_000

csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address, default_limits=[])


def protect(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="tatakerja_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        MAX_CONTENT_LENGTH=max(settings.upload_bytes, settings.attachment_bytes) + FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=FORM_PARTS,
        # A form that stood open over lunch is still good: it lives as long as the browser's session.
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI=settings.redis_url if settings.redis_url.startswith("redis") else "memory://",
        RATELIMIT_HEADERS_ENABLED=True,
        # Without Redis each process counts for itself for a while; without any count nobody would be stopped.
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_SWALLOW_ERRORS=True,
    )
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_add_headers)


def believe_proxies(app: Flask, settings: Settings) -> None:
    """Servers in front of us tell who asks and whether by https; what anybody else tells of that is not believed."""
    if settings.trusted_proxies:
        # The host stays the one that they pass as Host: X-Forwarded-Host comes from the client unless they remove it.
        fixed = ProxyFix(
            app.wsgi_app,
            x_for=settings.trusted_proxies,
            x_proto=settings.trusted_proxies,
            x_host=0,
            x_port=0,
            x_prefix=0,
        )
        app.wsgi_app = fixed  # type: ignore[method-assign]


def is_local_address(address: str | None) -> bool:
    """Whether `address` is a path of this site: what a sign-in may lead to."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and not any(ord(letter) < 32 for letter in address)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "assets.built":
        # Not no-store: the browser's arrow back must bring back what was typed. Signing out clears what was kept.
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
