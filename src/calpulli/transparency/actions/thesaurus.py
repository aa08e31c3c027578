"""Saying with which other words something is searched, and unsaying it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.people.doors import area_of
from calpulli_core.text.searching import search_words

from .. import policies
from ..inputs import ImportThesaurus, RemoveTerm, SetSynonyms
from ..models import ThesaurusTerm

MOST_WORDS, MOST_SYNONYMS, LONGEST = 4, 12, 80


@act("transparency.synonyms_set", policy=policies.set_synonyms, alone=True)
def set_synonyms(work: Work, command: SetSynonyms) -> ThesaurusTerm:
    """Adds a term, or says anew what it adds to a search: of two editors who add one at once, the second changes it."""
    problems = list(_problems(command))
    if problems:
        raise Refused(*problems)
    words = _words(command.term)
    row = ThesaurusTerm.objects.select_for_update().filter(words=words).first()
    is_new = row is None
    row = row or ThesaurusTerm(words=words)
    row.term, row.synonyms, row.reason = command.term, list(command.synonyms), command.reason
    row.changed_at, row.area = work.at.replace(microsecond=0), area_of(UUID(work.by.account)) if work.by.account else ""
    work.details.update(terms=[command.term], synonyms=row.synonyms, reason=command.reason)
    return work.add(row) if is_new else work.save(row)


@act("transparency.term_removed", policy=policies.remove_term, alone=True)
def remove_term(work: Work, command: RemoveTerm) -> None:
    """Takes a term away."""
    row = ThesaurusTerm.objects.select_for_update().filter(words=_words(command.term)).first()
    if row is None:
        raise Refused(Problem(None, _("«%(term)s» ya no está en el tesauro.") % {"term": command.term}))
    if len(command.reason) < 5:
        raise Refused(Problem("removal_reason", _("El motivo es muy corto: diga en una frase por qué se quita.")))
    work.details.update(terms=[row.term], reason=command.reason)
    work.remove(row)


@act("transparency.thesaurus_imported", policy=policies.import_thesaurus)
def import_thesaurus(work: Work, command: ImportThesaurus) -> list[ThesaurusTerm]:
    """Adds the terms that are not there. All or nothing: what is wrong with any is told with its term."""
    problems = [_of(one, problem) for one in command.terms for problem in _problems(one)]
    if problems:
        raise Refused(*problems)
    work.hold_chain()
    known = set(ThesaurusTerm.objects.values_list("words", flat=True))
    wanted = {_words(one.term): one for one in command.terms}
    made = [_row(work, words, one) for words, one in wanted.items() if words not in known]
    if not made:
        raise Refused(Problem(None, _("Todos esos términos ya están en el tesauro.")))
    work.details.update(terms=[row.term for row in made])
    return [work.add(row) for row in made]


def _row(work: Work, words: str, one: SetSynonyms) -> ThesaurusTerm:
    at = work.at.replace(microsecond=0)
    return ThesaurusTerm(words=words, term=one.term, synonyms=list(one.synonyms), reason=one.reason, changed_at=at)


def _words(term: str) -> str:
    return " ".join(search_words(term))


def _of(one: SetSynonyms, problem: Problem) -> Problem:
    return Problem(problem.field, f"«{one.term}»: {problem.message}")


def _problems(command: SetSynonyms) -> Iterator[Problem]:
    count = len(search_words(command.term))
    if not 1 <= count <= MOST_WORDS or len(command.term) > LONGEST:
        told = _("El término debe tener de una a cuatro palabras que digan de qué se trata; «de», «la» o «qué» no cuentan.")
        yield Problem("term", told)
    if not 1 <= len(command.synonyms) <= MOST_SYNONYMS:
        yield Problem("synonyms", _("Escriba de 1 a %(most)s sinónimos, uno por renglón.") % {"most": MOST_SYNONYMS})
    for synonym in command.synonyms:
        if len(synonym) > LONGEST or not search_words(synonym):
            told = _("«%(synonym)s» no se puede buscar: escriba hasta %(most)s caracteres, con palabras que digan algo.")
            yield Problem("synonyms", told % {"synonym": synonym[:LONGEST], "most": LONGEST})
    if len(command.reason) < 5:
        yield Problem("reason", _("El motivo es muy corto: diga en una frase de dónde sale."))
