"""Puts the verifier's sources together into the one page that is published: `verifier/verificador.html`.

Standard library only, and the same bytes from the same sources: `python ops/build_verifier.py` writes the page and prints its
SHA-256; with `--check` it writes nothing and exits 1 if the page is not what its sources make. No bundler: each module of
`verifier/src` becomes one function that returns what the module exports, in the order that the imports ask for, so that the page
reads like its sources; only their comments stay behind, a fifth of what a telephone would have to bring.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from pathlib import Path

VERIFIER = Path(__file__).resolve().parent.parent / "verifier"
PAGE = VERIFIER / "verificador.html"
FONTS = VERIFIER / "fonts"
ENTRY = "main.js"
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z0-9]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?:const|class|(?:async )?function\*?) (\w+)", re.MULTILINE)
# A comment with its whole lines, or an empty line; what stands after code on its line stays.
COMMENT = re.compile(r"^ *(?://.*|/\*(?:[^*]|\*(?!/))*\*/ *)?\n", re.MULTILINE)
FONT = re.compile(r"\{\{FONT ([a-z0-9-]+\.woff2)\}\}")
INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


def csp_hashes(html: str) -> dict[str, str]:
    """What a Content-Security-Policy must allow of this page's inline code: `{"script-src": "'sha256-...'", "style-src": ...}`.

    Browsers hash the text between the tags as UTF-8 (CSP level 3, 6.7.3); of several blocks of one kind all are listed.
    """
    found: dict[str, list[str]] = {}
    for tag, text in INLINE.findall(html):
        found.setdefault(f"{tag}-src", []).append(f"'sha256-{_digest(text)}'")
    return {directive: " ".join(hashes) for directive, hashes in found.items()}


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def policy(html: str) -> str:
    """The policy that the page carries in itself: it may run its own code, and connect to nothing, wherever it is opened from."""
    hashes = csp_hashes(html)
    return (
        f"default-src 'none'; script-src {hashes['script-src']}; style-src {hashes['style-src']}; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def in_order(name: str, sources: dict[str, str], ordered: list[str]) -> list[str]:
    """The module names so that each comes after those it imports; a cycle is an error."""
    for _, needed in IMPORT.findall(sources[name]):
        if needed not in ordered:
            in_order(needed, {key: text for key, text in sources.items() if key != name}, ordered)
    ordered.append(name)
    return ordered


def _const(name: str) -> str:
    return f"module_{name.removesuffix('.js')}"


def without_comments(name: str, source: str) -> str:
    """The module's lines of code, as they are."""
    if any(line.count("`") % 2 for line in source.splitlines()):
        raise ValueError(f"{name}: a text of several lines, in which a line may look like a comment")
    return COMMENT.sub("", source)


def wrapped(name: str, source: str) -> str:
    """One module as a function called at once, whose value is its exports."""
    bare = without_comments(name, source)
    body = IMPORT.sub(lambda match: f"const {{{match[1]}}} = {_const(match[2])};\n", bare)
    exports = ", ".join(EXPORT.findall(body))
    body = EXPORT.sub(lambda match: match[0].removeprefix("export "), body)
    if re.search(r"^import |^export ", body, re.MULTILINE):
        raise ValueError(f"{name}: an import or export of a form that this script does not know")
    return f"// {name}\nconst {_const(name)} = (() => {{\n{body}return {{ {exports} }};\n}})();\n"


def faults_of_imports(sources: dict[str, str], ordered: list[str]) -> list[str]:
    """Modules that nothing imports, and names imported that their module does not export."""
    faults = [f"nothing imports {name}" for name in sorted(sources.keys() - set(ordered))]
    for name in ordered:
        for names, needed in IMPORT.findall(sources[name]):
            wanted = {word.strip() for word in names.split(",") if word.strip()}
            faults += [f"{name}: {needed} has no {word}" for word in sorted(wanted - set(EXPORT.findall(sources[needed])))]
    return faults


def script(folder: Path) -> str:
    """The one script of the page, from the modules of `folder`; raises `ValueError` when they do not fit together."""
    sources = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.js"))}
    ordered = in_order(ENTRY, sources, [])
    faults = faults_of_imports(sources, ordered)
    if faults:
        raise ValueError("; ".join(faults))
    return '\n"use strict";\n(() => {\n' + "".join(wrapped(name, sources[name]) for name in ordered) + "})();\n"


def style(folder: Path) -> str:
    """The style sheet, with the bytes of its fonts in it: the page is one file and asks nothing of anyone."""

    def inside(found: re.Match[str]) -> str:
        return f"data:font/woff2;base64,{base64.b64encode((FONTS / found[1]).read_bytes()).decode('ascii')}"

    return "\n" + FONT.sub(inside, (folder / "page.css").read_text("utf-8"))


def build(folder: Path = VERIFIER) -> str:
    """The whole page, from `page.html`, `page.css` and `src/`."""
    code, look = script(folder / "src"), style(folder)
    if re.search(r"</(script|style)|<!--", code + look, re.IGNORECASE):
        raise ValueError("the code holds text that would end its own tag")
    page = (folder / "page.html").read_text("utf-8").replace("{{STYLE}}", look).replace("{{SCRIPT}}", code)
    return page.replace("{{POLICY}}", policy(page), 1)


def main(arguments: list[str]) -> int:
    """Writes the page, or with `--check` compares it; the exit code."""
    html = build().encode("utf-8")
    print(f"{hashlib.sha256(html).hexdigest()}  verifier/{PAGE.name}")
    if arguments == ["--check"]:
        return int(not PAGE.exists() or PAGE.read_bytes() != html)
    PAGE.write_bytes(html)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
