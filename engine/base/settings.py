"""Settings, read once from the environment into a frozen object."""

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from engine.base.destinations import BadDestinations, Destination, destinations_from
from engine.base.i18n import LANGUAGES

SHORTEST_SECRET = 16
# This room knows no role; a test holds these against those that there are.
ROLE_NAMES = ("staff", "manager", "designer", "secretariat", "auditor", "administrator")
# Nor any channel.
CHANNEL_KINDS = ("telegram", "whatsapp", "evolution", "signal", "matrix", "ntfy", "sms", "webhook")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingWrong(RuntimeError):
    """A setting cannot be used as it is; the text names it and says what it should be."""


class SettingMissing(SettingWrong):
    """A setting that has no safe default is not given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    data_folder: Path
    database_url: str
    redis_url: str
    secret_key: str
    zone: ZoneInfo
    office_name: str
    public_url: str
    language: str
    secure_cookies: bool
    trusted_proxies: int
    attachment_bytes: int
    upload_bytes: int
    session_hours: int
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_starttls: bool
    mail_from: str
    webhooks: Mapping[str, Destination] = field(default_factory=dict)
    message_days: int = 7
    job_days: int = 30
    scan_command: tuple[str, ...] = ()
    session_idle_minutes: int = 240
    second_factor_roles: frozenset[str] = frozenset()
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_claim: str = "nip"
    office_above: str = ""
    office_address: str = ""
    route_before_acknowledged: bool = True
    channels: frozenset[str] = frozenset()
    channel_hosts: frozenset[str] = frozenset()

    @property
    def is_embedded(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def mail_is_on(self) -> bool:
        return bool(self.smtp_host)

    @property
    def oidc_is_on(self) -> bool:
        return bool(self.oidc_issuer)


@dataclass(frozen=True, slots=True)
class _Given:
    """What the environment says under our names; named but left empty, as lines of .env are, is not given."""

    env: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        return self.env.get(f"TATAKERJA_{name}") or default

    def number(self, name: str, default: int) -> int:
        given = self.text(name, str(default))
        if not given.isdecimal():
            raise SettingWrong(f"TATAKERJA_{name} must be a whole number, not {given!r}.")
        return int(given)

    def is_on(self, name: str, default: str) -> bool:
        return self.text(name, default) == "1"

    def words(self, name: str) -> frozenset[str]:
        return frozenset(self.text(name).replace(",", " ").lower().split())


def settings_from(env: Mapping[str, str]) -> Settings:
    """Settings from TATAKERJA_… variables; without any, those of an embedded run in `var/`.

    Raises SettingMissing when a database server is named but no secret key is, SettingWrong for what cannot be read.
    """
    given = _Given(env)
    folder = Path(given.text("DATA", "var")).absolute()
    database_url = _known_database(given.text("DATABASE_URL", f"sqlite:///{folder / 'tatakerja.sqlite'}"))
    return Settings(
        data_folder=folder,
        database_url=database_url,
        redis_url=given.text("REDIS_URL", "memory://"),
        secret_key=_secret_key(given.text("SECRET_KEY"), database_url, folder),
        zone=_known_zone(given.text("ZONE", "Asia/Jakarta")),
        office_name=given.text("OFFICE_NAME", "Kantor Kementerian Agama Kabupaten Grobogan"),
        public_url=_web_address(given.text("PUBLIC_URL", f"http://127.0.0.1:{env.get('PORT', '8000')}")),
        language=_known_language(given.text("LANGUAGE", "id")),
        secure_cookies=given.is_on("SECURE_COOKIES", "0"),
        trusted_proxies=given.number("TRUSTED_PROXIES", 0),
        attachment_bytes=given.number("ATTACHMENT_BYTES", 10 << 20),
        upload_bytes=given.number("UPLOAD_BYTES", 5 << 20),
        session_hours=given.number("SESSION_HOURS", 12),
        webhooks=_known_destinations(given.text("WEBHOOKS")),
        message_days=given.number("MESSAGE_DAYS", 7),
        job_days=given.number("JOB_DAYS", 30),
        scan_command=_command(given.text("SCAN_COMMAND")),
        office_above=given.text("OFFICE_ABOVE"),
        office_address=given.text("OFFICE_ADDRESS"),
        route_before_acknowledged=given.is_on("ROUTE_BEFORE_ACKNOWLEDGED", "1"),
        session_idle_minutes=given.number("SESSION_IDLE_MINUTES", 240),
        second_factor_roles=_known_roles(given.text("SECOND_FACTOR_ROLES")),
        channels=_known_channels(given.words("CHANNELS")),
        channel_hosts=given.words("CHANNEL_HOSTS"),
        oidc_claim=given.text("OIDC_CLAIM", "nip"),
        **_provider(given.text("OIDC_ISSUER"), given.text("OIDC_CLIENT_ID"), given.text("OIDC_CLIENT_SECRET")),
        **_mail(given),
    )


def _secret_key(given: str, database_url: str, folder: Path) -> str:
    if not given and not database_url.startswith("sqlite"):
        raise SettingMissing("Set TATAKERJA_SECRET_KEY to a long random text, such as: openssl rand -hex 32")
    secret_key = given or _kept_secret(folder / "secret-key")
    if len(secret_key) < SHORTEST_SECRET:
        raise SettingWrong(f"TATAKERJA_SECRET_KEY needs at least {SHORTEST_SECRET} characters: openssl rand -hex 32")
    return secret_key


def _mail(given: _Given) -> dict[str, Any]:
    return {
        "smtp_host": given.text("SMTP_HOST"),
        "smtp_port": given.number("SMTP_PORT", 587),
        "smtp_user": given.text("SMTP_USER"),
        "smtp_password": given.text("SMTP_PASSWORD"),
        "smtp_starttls": given.is_on("SMTP_STARTTLS", "1"),
        "mail_from": given.text("MAIL_FROM", "tatakerja@localhost"),
    }


def _command(text: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(text))
    except ValueError as error:
        raise SettingWrong(
            f"TATAKERJA_SCAN_COMMAND must be a command line such as clamdscan --fdpass: {error}."
        ) from None


def _known_database(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingWrong("TATAKERJA_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://")
    return url


def _known_zone(name: str) -> ZoneInfo:
    if name not in available_timezones():
        raise SettingWrong(f"TATAKERJA_ZONE must be a time zone such as Asia/Jakarta, not {name!r}.")
    return ZoneInfo(name)


def _known_roles(names: str) -> frozenset[str]:
    given = frozenset(name.strip() for name in names.split(",") if name.strip())
    unknown = sorted(given - set(ROLE_NAMES))
    if unknown:
        raise SettingWrong(f"TATAKERJA_SECOND_FACTOR_ROLES knows {', '.join(ROLE_NAMES)}; not {', '.join(unknown)}.")
    return given


def _known_channels(given: frozenset[str]) -> frozenset[str]:
    unknown = sorted(given - set(CHANNEL_KINDS))
    if unknown:
        raise SettingWrong(f"TATAKERJA_CHANNELS knows {', '.join(CHANNEL_KINDS)}; not {', '.join(unknown)}.")
    return given


def _provider(issuer: str, client_id: str, client_secret: str) -> dict[str, Any]:
    """Who else may say who somebody is: all three, or none."""
    given = {"oidc_issuer": issuer, "oidc_client_id": client_id, "oidc_client_secret": client_secret}
    if not any(given.values()):
        return given
    missing = [f"TATAKERJA_{name.upper()}" for name, value in given.items() if not value]
    if missing:
        raise SettingWrong(f"Sign-in by another provider also needs {', '.join(missing)}.")
    if urlsplit(issuer).scheme != "https" and urlsplit(issuer).hostname not in LOOPBACK:
        raise SettingWrong(f"TATAKERJA_OIDC_ISSUER must begin with https://, not {issuer!r}.")
    return {**given, "oidc_issuer": issuer.rstrip("/")}


def _known_language(name: str) -> str:
    if name not in LANGUAGES:
        raise SettingWrong(f"TATAKERJA_LANGUAGE must be one of {', '.join(LANGUAGES)}, not {name!r}.")
    return name


def _web_address(text: str) -> str:
    try:
        address = urlsplit(text)
        is_one = address.scheme in ("http", "https") and bool(address.hostname)
    except ValueError:
        is_one = False
    if not is_one:
        raise SettingWrong(f"TATAKERJA_PUBLIC_URL must be an address such as https://tatakerja.example, not {text!r}.")
    return text


def _known_destinations(text: str) -> Mapping[str, Destination]:
    try:
        return destinations_from(text)
    except BadDestinations as error:
        raise SettingWrong(f"TATAKERJA_WEBHOOKS {error}.") from None


def _kept_secret(path: Path) -> str:
    """The embedded run's own secret: made once, kept in its data folder, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(32).hex())
    return path.read_text()
