"""Pages: what is data is escaped, nothing runs inside them, and everything they say can be translated."""

import re
import sys
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template import engines
from jinja2.sandbox import Environment

from tests.house.sources import INSTITUTE, ROOT, calls, dotted, place, python_files, tree

sys.path.insert(0, str(ROOT / "ops"))
import translations  # the program that `make check` runs

HOSTILE = "<script>alert('x')</script>&\"'"
# Where markup that somebody else made is let through as it stands, and why.
TRUSTED: dict[str, str] = {
    "src/calpulli/commons/page_parts.py": "the filter `spanish` puts a literal around what it has escaped itself",
}
UNESCAPED = re.compile(r"\|\s*(?:safe|forceescape)\b|autoescape\s+false|\{%-?\s*autoescape")
MARKS_AS_SAFE = {"Markup", "mark_safe", "SafeString", "format_html", "SafeText"}


def templates() -> list[Path]:
    """Every template of ours."""
    return [file for file in sorted(INSTITUTE.glob("*/templates/**/*")) if file.is_file()]


class Inline(HTMLParser):
    """Collects what runs or paints inside a page, with its line."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, given = self.getpos()[0], dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append((line, f"<{tag}>"))
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.found.append((line, name))


def inline(source: str) -> list[tuple[int, str]]:
    """What a template has inside it that the site's content policy forbids."""
    reader = Inline()
    reader.feed(translations.plain_html(source))
    reader.close()
    # A macro may write attributes outside of any tag, where the reader of HTML sees text.
    loose = re.finditer(r"""(?:^|[\s"'}])(style|on[a-z]{3,})\s*=\s*["'{]""", source)
    return sorted({*reader.found, *((source.count("\n", 0, hit.start(1)) + 1, hit[1]) for hit in loose)})


def environment() -> Environment:
    """The environment of all pages, as Django holds it."""
    return engines["jinja2"].env  # type: ignore[attr-defined]  # of Django's backend for Jinja2


def test_data_is_escaped() -> None:
    shown = environment().from_string("<p title=\"{{ x }}\">{{ x }}{{ _('%(x)s', x=x) }}</p>").render(x=HOSTILE)
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") == 3
    assert "&#34;" in shown


@pytest.mark.parametrize(
    "use",
    [
        "parts.field('a', x, value=x, hint=x, error=x)",
        "parts.field('a', x, kind='textarea', value=x)",
        "parts.field('a', x, kind='radios', options=[(x, x, x)])",
        "parts.button(x, url=x)",
        "parts.button_post(x, x, '', hidden={x: x})",
        "parts.error_summary([('a', x), (none, x)])",
        "parts.summary_list([{'label': x, 'value': x, 'action_url': x}])",
        "parts.record_columns([{'number': 1, 'name': x, 'value': x ~ '\n1.1 ' ~ x}])",
        "parts.table(x, [x, x], [[x, x]])",
        "parts.steps([{'text': x, 'value': x, 'source': x}])",
        "parts.task_list([{'title': x, 'url': x, 'hint': x, 'due': x}])",
        "parts.objective_card({'number': 1, 'text': x, 'lines': []}, x)",
        "parts.diff(x, x, [('gone', x), ('new', x)])",
        "parts.empty_state(x, x)",
    ],
)
def test_parts_of_pages_escape_what_they_are_given(use: str) -> None:
    page = '{% import "commons/parts.jinja" as parts %}{{ ' + use.replace("\n", "\\n") + " }}"
    shown = environment().from_string(page).render(x=HOSTILE)
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown
    assert "'x'" not in shown


def test_a_name_that_nobody_gave_is_an_error() -> None:
    with pytest.raises(Exception, match="undefined"):
        environment().from_string("{{ nobody_gave_this }}").render()


def test_nothing_is_let_through_unescaped() -> None:
    found = [
        place(file, text.count("\n", 0, hit.start()) + 1)
        for file in templates()
        for text in [file.read_text(encoding="utf-8")]
        for hit in UNESCAPED.finditer(text)
    ]
    marked = [
        place(file, call.lineno)
        for file in python_files(INSTITUTE)
        for call in calls(tree(file))
        if dotted(call.func).rpartition(".")[2] in MARKS_AS_SAFE
    ]
    assert {line.rpartition(":")[0] for line in found + marked} == set(TRUSTED), found + marked


@pytest.mark.parametrize("text", ["{{ x|safe }}", "{{ x | safe }}", "{% autoescape false %}{% endautoescape %}"])
def test_what_is_let_through_is_found(text: str) -> None:
    assert UNESCAPED.search(text)


def test_nothing_runs_or_paints_inside_a_page() -> None:
    assert len(templates()) > 5
    found = [f"{place(file, line)} {what}" for file in templates() for line, what in inline(file.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color:red">',
        "<p{% if x %} style='{{ x }}'{% endif %}>",
        '<a onclick="go()">',
        "<style>p{}</style>",
        "<script>go()</script>",
        '<a href="javascript:go()">',
        '{% macro wiring() %} onfocus="go()"{% endmacro %}',
    ],
)
def test_what_runs_or_paints_inside_is_found(text: str) -> None:
    assert len({what for _, what in inline(text)}) == 1


def test_an_honest_page_is_let_be() -> None:
    assert (
        inline(
            '<p class="on" data-label="style">{% if only == "x" %}a{% endif %}</p><script src="{{ static("x.js") }}"></script>'
        )
        == []
    )


# -- translation -------------------------------------------------------------------------------------------------------


def test_everything_that_pages_say_can_be_translated() -> None:
    assert list(translations.untranslatable_templates()) == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>Hola</p>",
        '<img alt="Un mapa">',
        "<p>{{ x }} días</p>",
        "<p>{% if x %}Sí{% endif %}</p>",
        '<a aria-label="Ir">{{ x }}</a>',
    ],
)
def test_what_cannot_be_translated_is_found(text: str) -> None:
    assert len(list(translations.untranslatable(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<p>{{ _('Hola') }}</p>",
        "<p>{% trans %}Hola{% endtrans %}</p>",
        "<p class='nota'>1.1 · {{ x }}</p>",
        "<p><code>calpulli stop</code></p>",
    ],
)
def test_what_can_be_translated_is_let_be(text: str) -> None:
    assert list(translations.untranslatable(text)) == []


def test_the_list_for_translators_is_the_one_of_the_sources() -> None:
    """When it is not: `make messages`."""
    listed = read_po(BytesIO((translations.LOCALE / "django.pot").read_bytes()))
    wanted = {(message.context, message.id) for message in translations.messages() if message.id}
    assert len(wanted) > 100
    assert {(message.context, message.id) for message in listed if message.id} == wanted
