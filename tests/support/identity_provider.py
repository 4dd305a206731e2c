"""A real OpenID Connect provider on an unused port, as a process of its own: it knows the people whom a file tells."""

import base64
import hashlib
import json
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.support.programs import answers
from tests.support.services import free_port, running
from tests.support.sources import ROOT

CLIENT_ID, CLIENT_SECRET = "tatakerja", "a secret between two tests"
SIGN_IN = '<form method="post"><label>Who <input name="who"></label><button>Sign in</button></form>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Where it is, and the folder in which it reads whom it knows and what it is to say wrongly."""

    issuer: str
    folder: Path

    def settings(self) -> dict[str, str]:
        return {"OIDC_ISSUER": self.issuer, "OIDC_CLIENT_ID": CLIENT_ID, "OIDC_CLIENT_SECRET": CLIENT_SECRET}

    def lie(self, **lies: Any) -> None:
        (self.folder / "lies.json").write_text(json.dumps(lies))


@contextmanager
def identity_provider(folder: Path, people: Mapping[str, Mapping[str, Any]]) -> Iterator[Provider]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "people.json").write_text(json.dumps(people))
    (folder / "lies.json").write_text("{}")
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tests.support.identity_provider", str(port), str(folder)]
    metadata = f"{issuer}/.well-known/openid-configuration"
    with running(command, folder, env={"PYTHONPATH": str(ROOT)}, is_ready=lambda: answers(metadata)):
        yield Provider(issuer=issuer, folder=folder)


def provider_app(issuer: str, folder: Path) -> Flask:
    app, key = Flask("provider"), RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
    other_key = RSAKey.generate_key(2048, {"kid": "1"})
    grants: dict[str, dict[str, Any]] = {}

    @app.get("/.well-known/openid-configuration")
    def metadata() -> ResponseReturnValue:
        return jsonify(
            issuer=issuer,
            authorization_endpoint=f"{issuer}/authorize",
            token_endpoint=f"{issuer}/token",
            jwks_uri=f"{issuer}/keys",
            response_types_supported=["code"],
            subject_types_supported=["public"],
            id_token_signing_alg_values_supported=["RS256"],
            code_challenge_methods_supported=["S256"],
        )

    @app.get("/favicon.ico")
    def no_picture() -> ResponseReturnValue:
        return "", 204

    @app.get("/keys")
    def keys() -> ResponseReturnValue:
        return jsonify(keys=[key.as_dict(private=False)])

    @app.get("/authorize")
    def ask() -> str:
        return SIGN_IN

    @app.post("/authorize")
    def grant() -> ResponseReturnValue:
        code = secrets.token_urlsafe()
        grants[code] = {**request.args.to_dict(), "who": request.form["who"]}
        answer = {"code": code, "state": request.args["state"]}
        return redirect(f"{request.args['redirect_uri']}?{urlencode(answer)}")

    @app.post("/token")
    def token() -> ResponseReturnValue:
        asked = grants.pop(request.form.get("code", ""), None)
        if asked is None or request.authorization is None or request.authorization.password != CLIENT_SECRET:
            return jsonify(error="invalid_grant"), 400
        if asked["code_challenge"] != _challenge(request.form["code_verifier"]):
            return jsonify(error="invalid_grant"), 400
        people, lies = (json.loads((folder / name).read_text()) for name in ("people.json", "lies.json"))
        said = {
            "iss": issuer,
            "aud": CLIENT_ID,
            "iat": int(time()),
            "exp": int(time()) + 300,
            "nonce": asked["nonce"],
            **people[asked["who"]],
            **lies.get("claims", {}),
        }
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, said, other_key if lies.get("key") else key)
        return jsonify(access_token=secrets.token_urlsafe(), token_type="Bearer", id_token=signed)

    return app


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


if __name__ == "__main__":
    provider_app(f"http://127.0.0.1:{sys.argv[1]}", Path(sys.argv[2])).run(port=int(sys.argv[1]))
