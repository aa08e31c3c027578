"""A provider of identities on loopback, with real keys and signed tokens, that can be told to lie."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "calpulli-de-prueba", "secreto-de-prueba"


@dataclass
class Issuer:
    """What it answers; `lies` replace claims of the token, `header` its header, `told` what it publishes of itself."""

    url: str = ""
    subject: str = "ciudadana-1"
    key: Any = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "una"}))
    published: Any = None
    lies: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    token: str = ""
    nonces: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def authorizes(self, location: str) -> dict[str, str]:
        """What a person's consent there gives the browser to bring back: a code and the state."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        self.nonces["codigo"] = query["nonce"]
        self.asked.append(query)
        return {"code": "codigo", "state": query["state"]}

    def answers(self, path: str) -> dict[str, Any]:
        match path:
            case "/.well-known/openid-configuration":
                places = {f"{name}_endpoint": f"{self.url}/{name}" for name in ("authorization", "token")}
                return {"issuer": self.url, "jwks_uri": f"{self.url}/keys", **places, **self.told}
            case "/keys":
                return {"keys": [(self.published or self.key).as_dict(private=False)]}
            case _:
                return {"access_token": "x", "token_type": "Bearer", "id_token": self.token or self._token()}

    def _token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonces["codigo"],
        }
        kept = {name: value for name, value in (claims | self.lies).items() if value is not None}
        header = {"alg": "RS256", "kid": "una"} | self.header
        key = OctKey.import_key(SECRET) if header["alg"] == "HS256" else self.key
        return jwt.encode(header, kept, key, algorithms=["RS256", "HS256"])


class Handler(BaseHTTPRequestHandler):
    issuer: Issuer

    def do_GET(self) -> None:
        self._say(self.issuer.answers(self.path))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.issuer.asked.append({name: values[0] for name, values in parse_qs(body).items()})
        self._say(self.issuer.answers(self.path))

    def _say(self, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return None


def opened() -> tuple[Issuer, ThreadingHTTPServer]:
    """An issuer that answers, and its server to be shut down."""
    issuer = Issuer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"issuer": issuer}))
    issuer.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return issuer, server
