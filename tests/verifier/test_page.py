"""The page as a file: built from its sources, whole in itself, and bound by its own policy."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest
from engine import BUILDER, PAGE, SOURCES, builder


@pytest.fixture(name="builder", scope="module")
def _builder() -> ModuleType:
    return builder()


class Parts(HTMLParser):
    """The tags, and the text of the inline code."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: dict[str, str] = {}
        self._inside: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag if tag in ("script", "style") else None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.inline[self._inside] = self.inline.get(self._inside, "") + data

    def handle_endtag(self, tag: str) -> None:
        self._inside = None


@pytest.fixture(scope="module")
def parts() -> Parts:
    found = Parts()
    found.feed(PAGE.read_text("utf-8"))
    return found


def test_the_page_is_what_its_sources_make(builder: ModuleType) -> None:
    assert PAGE.read_text("utf-8") == builder.build(), "ejecute: python ops/build_verifier.py"


def test_the_builder_prints_the_digest_and_checks() -> None:
    told = subprocess.run([sys.executable, str(BUILDER), "--check"], capture_output=True, text=True, check=True)
    assert told.stdout.split()[0] == hashlib.sha256(PAGE.read_bytes()).hexdigest()


def test_the_policy_allows_exactly_this_code(builder: ModuleType, parts: Parts) -> None:
    def source(tag: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(parts.inline[tag].encode()).digest()).decode()}'"

    assert builder.csp_hashes(PAGE.read_text("utf-8")) == {"script-src": source("script"), "style-src": source("style")}
    policy = next(values["content"] for tag, values in parts.tags if tag == "meta" and "http-equiv" in values)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert (rules["script-src"], rules["style-src"]) == (source("script"), source("style"))


def test_nothing_is_fetched_and_nothing_needs_a_looser_policy(parts: Parts) -> None:
    for tag, values in parts.tags:
        assert not [name for name in values if name.startswith("on") or name == "style"], tag
        assert not values.keys() & {"src", "srcset", "action", "ping"}, tag
        assert values.get("href") in (None, "data:,"), tag
    code = parts.inline["script"]
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(|XMLHttpRequest|crypto\.", code
    )
    assert "@import" not in parts.inline["style"]
    fetched = re.findall(r"url\(([^)]{0,27})", parts.inline["style"])
    assert set(fetched) == {'"data:font/woff2;base64,d09'}, "the page's own type, and nothing else"


def test_sources_stay_readable() -> None:
    for path in SOURCES.glob("*.js"):
        assert len(path.read_text("utf-8").splitlines()) < 300, path.name


def test_of_the_sources_only_comments_stay_behind(builder: ModuleType) -> None:
    source = '// told\n\n/** Told\n * at length. */\nconst a = "// b"; // beside\n  /* c */ const d = 2 /* e */ / 3;\n  // f\n'
    assert builder.without_comments("one.js", source) == ('const a = "// b"; // beside\n  /* c */ const d = 2 /* e */ / 3;\n')


def test_every_letter_that_the_page_writes_is_of_its_own_type() -> None:
    letters = (SOURCES.parent / "fonts" / "letters.txt").read_text("utf-8")
    # The site's type has no arrow either.
    assert set(PAGE.read_text("utf-8")) - set(letters) <= {"→"}, "see verifier/README.md, fonts"


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("extra.js", lambda _: "", "nothing imports extra.js"),
        ("bytes.js", lambda text: text.replace("export function hexOf", "function hexOf"), "bytes.js has no hexOf"),
        ("words.js", lambda text: text + "export default 1;\n", "words.js: an import or export"),
        ("words.js", lambda text: 'import "./bytes.js";\n' + text, "words.js: an import or export"),
        ("words.js", lambda text: text + 'const end = "</script>";\n', "end its own tag"),
        ("words.js", lambda text: text + "const two = `one\n// other`;\n", "words.js: a text of several lines"),
    ],
)
def test_sources_that_do_not_fit_are_refused(
    builder: ModuleType, tmp_path: Path, name: str, change: Callable[[str], str], told: str
) -> None:
    copy = tmp_path / "verifier"
    (copy / "src").mkdir(parents=True)
    for path in [*SOURCES.glob("*.js"), SOURCES.parent / "page.html", SOURCES.parent / "page.css"]:
        (copy / path.relative_to(SOURCES.parent)).write_bytes(path.read_bytes())
    assert builder.build(copy) == PAGE.read_text("utf-8")
    file = copy / "src" / name
    file.write_text(change(file.read_text("utf-8") if file.exists() else ""), "utf-8")
    with pytest.raises(ValueError, match=told):
        builder.build(copy)
