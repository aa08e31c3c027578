"""One of the staff over plain HTTP: what the server acknowledged, and its receipt."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')
RECEIPT = re.compile(r'hecho (\d+) del libro de hechos, huella <code class="hash">(.*?)</code>', re.S)


class _Stay(urllib.request.HTTPRedirectHandler):
    """An acknowledgement is the redirect itself, whatever comes of the page after it."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True)
class Receipt:
    """The fact of an act, as the desk prints it."""

    sequence: int
    digest: str


@dataclass
class Client:
    """A session; every method raises OSError when the server is gone."""

    address: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def __post_init__(self) -> None:
        handlers = urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar), _Stay()
        self._opener = urllib.request.build_opener(*handlers)

    def sign_in(self, account: str, password: str, code: Callable[[], str]) -> None:
        """In both steps; `code` is asked for once the password was right."""
        self.get("/entrar")
        assert self.post("/entrar", username=account, password=password) == "/entrar/codigo"
        assert self.post("/entrar/codigo", code=code()) == "/mesa"

    def get(self, path: str) -> str:
        with self._opener.open(self.address + path, timeout=30) as answer:
            return str(answer.read().decode("utf-8"))

    def post(self, path: str, **fields: str) -> str:
        """Where the act leads once it is acknowledged; OSError for any other answer."""
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        try:
            self._opener.open(self.address + path, body, timeout=30).close()
        except urllib.error.HTTPError as answer:
            if answer.code == 302:
                return str(answer.headers["Location"])
            raise
        raise OSError(f"{path} was answered with a page")

    def seen(self, edition: str) -> str:
        """The state of an edition as its page shows it, which a form must carry."""
        found = SEEN.search(self.get(edition))
        assert found, "the page of the edition has no form"
        return found[1]

    def receipt(self) -> Receipt:
        """Of this session's last act."""
        found = RECEIPT.search(self.get("/mesa"))
        assert found, "the desk shows no receipt"
        return Receipt(int(found[1]), re.sub(r"<.*?>|\s", "", found[2]))
