"""`calpulli text FILE|-`: how easy a text is to read, with every count, and what makes it hard."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli_core.text.hints import Hint, hints, place
from calpulli_core.text.readability import Readability, Sentence, decimals, measure

LARGEST_B = 5_000_000
_SCALE = {
    "muy difícil": "menos de 40",
    "algo difícil": "de 40 a 55",
    "normal": "de 55 a 65",
    "bastante fácil": "de 65 a 80",
    "muy fácil": "más de 80",
}


class Command(BaseCommand):
    """Measures a text; changes nothing."""

    help = "Mide qué tan fácil es leer un texto en español (escala INFLESZ) y dice qué lo hace difícil."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A file, and how much to tell."""
        parser.add_argument("file", metavar="ARCHIVO", help="texto simple en UTF-8, o - para la entrada estándar")
        parser.add_argument("--words", action="store_true", help="divide cada palabra en sílabas, para rehacer la cuenta a mano")
        parser.add_argument("--json", action="store_true", help="todo lo contado, en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the measure."""
        text = read_text(options["file"])
        counted = measure(text)
        found = hints(text, counted=counted)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(text, counted, found), ensure_ascii=False, indent=1))
            return
        lines = [*summary(counted), *(divided(text, counted) if options["words"] else []), *advice(text, found)]
        self.stdout.write("\n".join(lines))


def read_text(file: str) -> str:
    """The text of a file, or of standard input; CommandError with the remedy when there is none."""
    try:
        data = sys.stdin.buffer.read(LARGEST_B + 1) if file == "-" else _bytes(Path(file))
        if len(data) > LARGEST_B:
            raise CommandError(f"{file}: pasa de {LARGEST_B // 1_000_000} MB. Mídalo por partes.", returncode=2)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{file}: no es texto en UTF-8 (byte {error.start + 1}). Guárdelo como texto simple, con codificación UTF-8."
        raise CommandError(message, returncode=2) from error
    except OSError as error:
        message = f"{file}: no se puede abrir. Indique un archivo de texto que exista y que usted pueda leer, o -."
        raise CommandError(message, returncode=2) from error


def _bytes(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(LARGEST_B + 1)


def summary(counted: Readability) -> list[str]:
    """The counts, the formula with them in it, and the band."""
    index, per_word, per_sentence = counted.index, counted.syllables_per_word, counted.words_per_sentence
    if index is None or per_word is None or per_sentence is None:
        return ["No hay palabras que medir."]
    letters, words, count = counted.syllable_count, counted.word_count, counted.sentence_count
    return [
        f"Palabras: {words} · sílabas: {letters} · frases: {count}",
        f"Sílabas por palabra: {decimals(per_word)} · palabras por frase: {decimals(per_sentence)}",
        f"Índice: 206.835 − 62.3 × {letters}/{words} − {words}/{count} = {decimals(index)}",
        f"Escala INFLESZ: {counted.band} ({_SCALE[counted.band]})",
    ]


def divided(text: str, counted: Readability) -> list[str]:
    """Each sentence with its place and counts, and its words in syllables."""
    lines = ["", "Palabra por palabra:"]
    for sentence in counted.sentences:
        line, _ = place(text, sentence.start)
        lines.append(f"  renglón {line}: {len(sentence.words)} palabras, {sentence.syllables} sílabas")
        lines.append("    " + " ".join("·".join(word.syllables) for word in sentence.words))
    return lines


def advice(text: str, found: list[Hint]) -> list[str]:
    """Each hint with its line and column."""
    lines = ["", f"Avisos: {len(found)}"]
    for hint in found:
        line, column = place(text, hint.start)
        lines.append(f"  renglón {line}, columna {column}: {hint.rule} {hint.remedy}")
    return lines


def as_json(text: str, counted: Readability, found: list[Hint]) -> dict[str, Any]:
    """Everything counted. Offsets count characters from 0; numbers with decimals are texts, so that none is rounded twice."""
    ratios = (counted.syllables_per_word, counted.words_per_sentence, counted.index)
    names = ("syllables_per_word", "words_per_sentence", "index")
    return {
        "words": counted.word_count,
        "syllables": counted.syllable_count,
        "sentences": counted.sentence_count,
        **{name: None if value is None else decimals(value) for name, value in zip(names, ratios, strict=True)},
        "band": counted.band,
        "counted": [_sentence_json(text, sentence) for sentence in counted.sentences],
        "hints": [_hint_json(text, hint) for hint in found],
    }


def _sentence_json(text: str, sentence: Sentence) -> dict[str, Any]:
    words = [{"word": word.text, "syllables": list(word.syllables)} for word in sentence.words]
    return {"start": sentence.start, "end": sentence.end, "line": place(text, sentence.start)[0], "words": words}


def _hint_json(text: str, hint: Hint) -> dict[str, Any]:
    line, column = place(text, hint.start)
    where = {"start": hint.start, "end": hint.end, "line": line, "column": column}
    return {**where, "kind": hint.kind, "rule": hint.rule, "remedy": hint.remedy}
