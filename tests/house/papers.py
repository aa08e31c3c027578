"""How the tests read the papers: their links, and the commands and variables that they name."""

import argparse
import re
import shlex
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.core.management import CommandError, get_commands, load_command_class

from calpulli.site.cli import OWN
from calpulli_core.verify.command import CallError, read_call
from tests.house.sources import ROOT

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)
ASSIGNED = re.compile(r"[A-Z_]+=")
SHELL = ("sh",)
# Programs of the system whose arguments are not ours to know.
FOREIGN = {"cd", "cp", "export", "git", "pg_dump", "pg_restore", "sha256sum"}
VERIFIER = {("-m", "calpulli_core.verify"), ("verificador.pyz",)}


def papers() -> list[Path]:
    """Every document of the repository."""
    own = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted([*own, *(ROOT / "src").rglob("README.md"), *(ROOT / "verifier").rglob("README.md")])


def prose(text: str) -> str:
    """A document without its code, in which brackets are no links."""
    return INLINE.sub("", FENCED.sub("", text))


def anchor(heading: str) -> str:
    """The fragment that leads to a heading, as repositories' sites make it."""
    plain = unicodedata.normalize("NFC", re.sub(r"[`*_]|\[|\]\([^)]*\)", "", heading)).lower()
    return re.sub(r"[^\w\- ]", "", plain).strip().replace(" ", "-")


def broken_links(file: Path) -> list[str]:
    """Links of a document that lead nowhere; what is on the network is not looked for."""
    links = LINK.findall(prose(file.read_text(encoding="utf-8")))
    return [link for link in links if not re.match(r"[a-z]+:", link) and not leads_somewhere(file, link)]


def leads_somewhere(file: Path, link: str) -> bool:
    """Whether the file, and in it the heading, of a link exist, within the repository (for a paper elsewhere: its folder)."""
    path, _, fragment = link.partition("#")
    target = (file.parent / path).resolve() if path else file
    if not target.exists() or not target.is_relative_to(ROOT if file.is_relative_to(ROOT) else file.parent):
        return False
    return not fragment or fragment in {anchor(one) for one in HEADING.findall(target.read_text(encoding="utf-8"))}


def blocks(text: str) -> Iterator[str]:
    """Each command line of the shell blocks of a document; what `&&` joins comes apart."""
    for language, body in FENCED.findall(text):
        if language in SHELL:
            for line in body.replace("\\\n", " ").splitlines():
                yield from (part.strip() for part in line.split("&&") if part.strip())


def mentions(text: str) -> Iterator[str]:
    """Commands that a document names within its sentences: `calpulli ...`, `make ...`."""
    for code in INLINE.findall(FENCED.sub("", text)):
        if re.match(r"(?:\.venv/bin/)?calpulli [a-z]|(?:[A-Z]+=\S+ )?make [a-z]", code):
            yield code


def fault_of(command: str) -> str:
    """Why a command line of a document could not be run as it stands; empty when it could."""
    words = shlex.split(command, comments=True)
    while words and ASSIGNED.match(words[0]):
        words = words[1:]
    program = Path(words[0]).name if words else ""
    if program in FOREIGN:
        return ""
    known = {"calpulli": calpulli_fault, "make": make_fault, "python": python_fault, "python3": python_fault}
    return known[program](words[1:]) if program in known else f"programa desconocido: {program}"


def calpulli_fault(words: list[str]) -> str:
    """Whether `calpulli` WORDS would be understood."""
    if words and words[0] in (*OWN, "help") and words[:2] != ["demo", "code"]:
        return f"«{words[0]}» no lleva opciones" if words[1:] else ""
    if not words or words[0] not in get_commands():
        return f"no hay una orden «{' '.join(words[:1])}»"
    try:
        parser_of(words[0]).parse_args(words[1:])
    except (CommandError, TypeError) as error:
        return str(error)
    return ""


@cache
def parser_of(order: str) -> argparse.ArgumentParser:
    """The parser of a command; its errors are `CommandError`."""
    return load_command_class(get_commands()[order], order).create_parser("calpulli", order)


def verbs_of(order: str) -> dict[str, argparse.ArgumentParser]:
    """The verbs of a command, if it has any."""
    found = [action for action in parser_of(order)._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found[0].choices) if found else {}


def mention_fault(code: str) -> str:
    """As `fault_of`, for a command named in passing: it may leave out what it must be given."""
    words = [word for word in shlex.split(code) if not ASSIGNED.match(word)]
    if Path(words[0]).name == "make":
        return make_fault(words[1:])
    order, rest = words[1], words[2:]
    if order in (*OWN, "help") and [order, *rest[:1]] != ["demo", "code"]:
        return "no lleva opciones" if rest else ""
    if order not in get_commands():
        return f"no hay una orden «{order}»"
    return _part_fault(order, rest)


def _part_fault(order: str, rest: list[str]) -> str:
    verbs, parser = verbs_of(order), parser_of(order)
    if verbs and rest and not rest[0].startswith("-"):
        if rest[0] not in verbs:
            return f"«{order}» no tiene «{rest[0]}»"
        parser = verbs[rest[0]]
    unknown = [word for word in rest if word.startswith("--") and word not in parser._option_string_actions]
    return f"no hay {', '.join(unknown)}" if unknown else ""


def make_fault(words: list[str]) -> str:
    """Whether `make` WORDS names targets and variables of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    variables = set(re.findall(r"^(\w+) *\??=|\$\((\w+)\)", makefile, re.M))
    known = {name for pair in variables for name in pair if name} | {"PORT"}
    unknown = [word for word in words if (word.partition("=")[0] not in known if "=" in word else word not in targets)]
    return f"make no tiene {', '.join(unknown)}" if unknown else ""


def python_fault(words: list[str]) -> str:
    """Whether `python` WORDS is the verifier or the set-up, with arguments that they know."""
    if words[:1] == ["ops/bootstrap.py"]:
        return "" if words[1:] in (["site"], ["dev"], ["browser"]) else "perfil desconocido"
    for start in VERIFIER:
        if tuple(words[: len(start)]) == start:
            return verifier_fault(words[len(start) :])
    return f"programa desconocido: {' '.join(words)}"


def verifier_fault(words: list[str]) -> str:
    """Whether the verifier takes these arguments; what stands for a key need not be one."""
    given = ["0" * 64 if before == "--key" else word for before, word in zip(["", *words], words, strict=False)]
    try:
        read_call(given)
    except CallError as error:
        return str(error)
    return ""
