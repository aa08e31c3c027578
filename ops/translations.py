"""Strings of the interface: `ops/translations.py check|extract`, without the gettext tools.

`check` finds visible text of templates that cannot be translated, and catalogues that miss a string, break a placeholder
or are not compiled as they stand. `extract` writes `src/calpulli/locale/django.pot`, the list that a translator starts
from, and compiles each catalogue beside itself: that is what the site reads.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "calpulli"
LOCALE = SOURCES / "locale"
# The help of the record's columns is declared with them, in the core, which knows no translations.
DECLARED = ROOT / "src" / "calpulli_core" / "formats" / "columns.py"
TEMPLATES = (".jinja", ".html", ".txt")
METHODS = [("**.py", "python"), *((f"**/templates/**{ending}", "jinja2") for ending in TEMPLATES)]
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
SPOKEN_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder", "content"}
# Names, which are the same in every language.
NAMES = {"Calpulli", "CSV", "JSON", "XLSX", "PDF", "ZIP", "SHA-256", "Ed25519", "FODA", "width=device-width, initial-scale=1"}
# What is inside is not words: paint, programs, and orders to type as they stand.
WORDLESS = ("style", "script", "code", "pre")
# Served when nothing else works, so it goes through no template engine.
WITHOUT_ENGINE = {"400.html", "500.html", "503.html"}
# A macro may write attributes apart from their tag.
ATTRIBUTES = re.compile(r'[\w-]+="[^"]*"|\b(?:required|checked|selected|disabled|hidden|open)\b')
# What stands for a value in the text that is left of a template.
VALUE = "\N{OBJECT REPLACEMENT CHARACTER}"
# A catalogue without dates would be compiled with those of the moment.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


class SpokenText(HTMLParser):
    """Collects what a page says: texts and the attributes that are read aloud, with their lines."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the spoken attributes; what is inside a wordless element is not spoken."""
        self._silent += tag in WORDLESS
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and (tag != "meta" or ("name", "description") in attrs):
                self.found.append((self.getpos()[0], value or ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave a wordless element."""
        self._silent -= tag in WORDLESS

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if not self._silent:
            blank = data[: len(data) - len(data.lstrip(VALUE + " \t\r\n"))]
            self.found.append((self.getpos()[0] + blank.count("\n"), data))


def main(arguments: list[str]) -> int:
    """Run one of the two orders; returns the exit code."""
    if arguments == ["extract"]:
        LOCALE.mkdir(exist_ok=True)
        (LOCALE / "django.pot").write_bytes(template(messages()))
        for file in catalogues():
            file.with_suffix(".mo").write_bytes(compiled(file))
        print("\n".join(faulty_catalogues(messages())) or "Todos los textos tienen su traducción.")
        return 0
    if arguments != ["check"]:
        print("Uso: ops/translations.py check|extract", file=sys.stderr)
        return 2
    faults = [*untranslatable_templates(), *faulty_catalogues(messages()), *stale_catalogues()]
    print("\n".join(faults) or "Todo el texto de las plantillas se puede traducir.")
    return 1 if faults else 0


def template(catalog: Catalog) -> bytes:
    """The list as translators start from it: the same bytes for the same strings, so no dates, people or lines."""
    written = BytesIO()
    write_po(written, catalog, sort_output=True, include_lineno=False)
    blank = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Last-Translator', b'"Language-Team', b'"Report-Msgid')
    return b"".join(line for line in written.getvalue().splitlines(keepends=True) if not line.startswith(blank))


def catalogues() -> list[Path]:
    """The catalogue of each language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def compiled(file: Path) -> bytes:
    """A catalogue in the binary form that is read at run time: the same bytes for the same catalogue."""
    written = BytesIO()
    catalogue = read_po(BytesIO(file.read_bytes()))
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    write_mo(written, catalogue)
    return written.getvalue()


def stale_catalogues() -> Iterator[str]:
    """One line for each catalogue whose binary form is another's."""
    for file in catalogues():
        binary = file.with_suffix(".mo")
        if not binary.exists() or binary.read_bytes() != compiled(file):
            yield f"{binary.relative_to(ROOT)} no corresponde a su catálogo: dé la orden make messages."


def messages() -> Catalog:
    """Every string that the sources mark for translation."""
    about = "# Textos de la interfaz por traducir; los escribe «make messages»."
    catalog = Catalog(project="calpulli", charset="utf-8", header_comment=about, fuzzy=False)
    options = {pattern: {"silent": "false", "trimmed": "true", "extensions": "jinja2.ext.i18n"} for pattern, _ in METHODS}
    for file, line, message, _, context in extract_from_dir(
        SOURCES, method_map=METHODS, options_map=options, keywords=KEYWORDS, comment_tags=()
    ):
        catalog.add(message, locations=[(str(Path("src/calpulli") / file), line)], context=context)
    for line, message, _, context in extract_from_file("python", str(DECLARED), keywords=KEYWORDS):
        catalog.add(message, locations=[(str(DECLARED.relative_to(ROOT)), line)], context=context)
    return catalog


def untranslatable_templates() -> Iterator[str]:
    """One line for each visible text of a template that stands outside the marks of translation."""
    for template in sorted(SOURCES.glob("*/templates/**/*")):
        if template.suffix in (".jinja", ".html") and template.name not in WITHOUT_ENGINE:
            for line, text in untranslatable(template.read_text(encoding="utf-8")):
                yield f"{template.relative_to(ROOT)}:{line}: texto sin marcar para traducir: «{text}»; escríbalo con _()."


def untranslatable(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of what a template says in words of its own."""
    spoken = SpokenText()
    spoken.feed(plain_html(source))
    spoken.close()
    for line, text in spoken.found:
        words = ATTRIBUTES.sub("", text.replace(VALUE, " "))
        for name in sorted(NAMES, key=len, reverse=True):
            words = words.replace(name, "")
        if re.search(r"[^\W\d_]{2}", words):
            yield line, " ".join(text.replace(VALUE, "…").split())


def plain_html(source: str) -> str:
    """A template with its expressions, statements and translated blocks replaced; lines stay where they are."""
    parts: list[str] = []
    statement: list[str] = []
    inside = False
    for _, kind, value in Environment(extensions=["jinja2.ext.i18n"], autoescape=True).lex(source):
        if kind == "block_begin":
            statement = []
        if kind == "data" and not inside:
            parts.append(value)
            continue
        if kind == "name":
            statement.append(value)
        if kind == "block_end" and statement[:1] in (["trans"], ["endtrans"]):
            inside = statement[0] == "trans"
        parts.append(VALUE * (kind == "variable_begin") + "\n" * value.count("\n"))
    return "".join(parts)


def faulty_catalogues(wanted: Catalog) -> Iterator[str]:
    """One line for each string that a catalogue lacks or translates with other placeholders."""
    for file in catalogues():
        catalogue = read_po(BytesIO(file.read_bytes()))
        for message in wanted:
            if message.id:
                fault = fault_of(catalogue, message.id, message.context)
                if fault:
                    yield f"{file.relative_to(ROOT)}: «{message.id}»: {fault}"


def fault_of(catalogue: Catalog, identifier: str | tuple[str, ...] | list[str], context: str | None) -> str:
    """What is wrong with one string of a catalogue; empty when nothing is."""
    found = catalogue.get(identifier if isinstance(identifier, str) else identifier[0], context)
    if found is None or not found.string or found.fuzzy:
        return "falta la traducción."
    said = [found.string] if isinstance(found.string, str) else found.string
    asked = [identifier] if isinstance(identifier, str) else identifier
    wanted = set(PLACEHOLDER.findall(asked[-1]))
    if any(set(PLACEHOLDER.findall(text)) != wanted for text in said[-1:]):
        return f"los valores que lleva deben ser {sorted(wanted)}."
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
