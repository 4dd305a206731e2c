"""The office's other sign-in, by OpenID Connect: asked by redirect, answered with a signed statement who it is."""

from typing import Any, cast

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from flask import Flask, current_app, url_for
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError
from requests import RequestException

from engine.access.provider import Identity
from engine.base.errors import NotAllowed, NotFound, Unavailable
from engine.base.i18n import _
from engine.base.settings import Settings
from webui.identity import core

EXTENSION = "tatakerja_provider"
SECONDS = 10
# Signed with a key of the provider's own: no secret that we share with it would do, and nothing unsigned.
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
# What a provider may do wrong, or somebody who pretends to come from there.
FAULTS = (AuthlibBaseError, JoseError, RequestException, RuntimeError, ValueError, KeyError, TypeError)


class NoProvider(NotFound):
    code = "access.no_provider"
    message = _("No other provider is set up for signing in.")


class ProviderSilent(Unavailable):
    code = "access.provider_silent"
    message = _("The office's provider does not answer as it should. Sign in with your password, or try again later.")


class ProviderRefused(NotAllowed):
    code = "access.provider_refused"
    message = _("The office's provider did not let you in, or it took too long. Try once more, or use your password.")


def know_provider(app: Flask, settings: Settings) -> None:
    if settings.oidc_is_on:
        app.extensions[EXTENSION] = OAuth(app).register(  # type: ignore[no-untyped-call]  # half typed
            "office",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email profile",
                "code_challenge_method": "S256",
                "default_timeout": SECONDS,
            },
        )


def ask_provider() -> ResponseReturnValue:
    """The redirect to the provider; state, nonce and the proof of the code wait in the signed session cookie."""
    client = _client()
    address_back = core().settings.public_url.rstrip("/") + url_for("provider_sign_in.come_back")
    try:
        return cast(ResponseReturnValue, client.authorize_redirect(address_back))
    except FAULTS as fault:
        current_app.logger.warning("the provider of sign-ins does not answer: %s", fault)
        raise ProviderSilent from fault


def answered_identity() -> Identity:
    """Whom the provider has recognised, once its statement has been proved; raises ProviderRefused."""
    client = _client()
    try:
        token = client.authorize_access_token()
        claims: dict[str, Any] = dict(token["userinfo"])
        return _identity(client, token, claims)
    except FAULTS as fault:
        current_app.logger.warning("a sign-in by the provider failed: %s", fault)
        raise ProviderRefused from fault


def _identity(client: FlaskOAuth2App, token: Any, claims: dict[str, Any]) -> Identity:
    settings = core().settings
    metadata = client.load_server_metadata()
    if settings.oidc_claim not in claims and "userinfo_endpoint" in metadata:
        told = dict(client.userinfo(token=token))
        if told["sub"] == claims["sub"]:
            claims = {**told, **claims}
    is_verified = claims.get("email_verified") is True
    return Identity(
        issuer=settings.oidc_issuer,
        subject=str(claims["sub"]),
        nip=str(claims.get(settings.oidc_claim) or ""),
        email=str(claims.get("email") or "") if is_verified else "",
    )


def _client() -> FlaskOAuth2App:
    client = current_app.extensions.get(EXTENSION)
    if client is None:
        raise NoProvider
    try:
        metadata = client.load_server_metadata()
    except FAULTS as fault:
        raise ProviderSilent from fault
    if str(metadata.get("issuer", "")).rstrip("/") != core().settings.oidc_issuer:
        raise ProviderSilent
    offered = metadata.get("id_token_signing_alg_values_supported") or ("RS256",)
    metadata["id_token_signing_alg_values_supported"] = [each for each in SIGNATURES if each in offered]
    return cast(FlaskOAuth2App, client)
