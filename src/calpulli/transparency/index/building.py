"""Makes the index from what the packages offer, and again whenever an act may have changed what is public."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from calpulli.commons import clock
from calpulli.commons.act import ACTS, for_everyone
from calpulli.commons.registries.searchable import SEARCHABLES, Document, Searchable
from calpulli.ledger import doors as ledger
from calpulli_core.text.folding import fold
from calpulli_core.text.searching import search_words, written_words

from ..models import SearchEntry, SearchState, SearchWord

ONE = 1
LONGEST_WORD = 60
COLUMNS = ("kind", "name", "title", "body", "url", "context", "precedence", "twin", "title_words", "body_words", "digest")


def refresh_if_stale() -> bool:
    """Brings the index up to date if any act was done since it was made; whether it did. Of two at once, one does."""
    stamp = _stamp()
    if _UP_TO_DATE.knows(stamp):
        return False
    if not SearchState.objects.filter(pk=ONE, stamp=stamp).exists():
        return refresh(stamp=stamp)
    _UP_TO_DATE.note(stamp)
    return False


@dataclass
class _UpToDate:
    """Of what this process last saw that the index was made: it is only made again of something newer.

    Inside a transaction nothing is noted, since what it sees may be undone; and each database has an index of its own.
    """

    seen: tuple[str, str] | None = None

    def knows(self, stamp: str) -> bool:
        return self.seen is not None and self.seen == self._here(stamp)

    def note(self, stamp: str) -> None:
        self.seen = self._here(stamp) or self.seen

    @staticmethod
    def _here(stamp: str) -> tuple[str, str] | None:
        told = transaction.get_connection()
        return None if told.in_atomic_block else (str(told.settings_dict["NAME"]), stamp)


_UP_TO_DATE = _UpToDate()


def refresh(*, stamp: str = "", whole: bool = False) -> bool:
    """Brings the index up to date; `whole` writes every row anew. False when somebody else is at it."""
    stamp = stamp or _stamp()  # before anything is read: an act that comes meanwhile makes it stale again
    SearchState.objects.bulk_create([SearchState(pk=ONE)], ignore_conflicts=True)
    with transaction.atomic():
        state = SearchState.objects.select_for_update(skip_locked=not whole).filter(pk=ONE).first()
        if state is None:
            return False
        if whole:
            SearchEntry.objects.all().delete()
        with for_everyone():
            _write([_entry(kind, one) for kind in SEARCHABLES for one in kind.documents()])
        SearchState.objects.filter(pk=ONE).update(stamp=stamp, made_at=clock.now())
        return True


def _stamp() -> str:
    """Changes with every act, with every day, and with what packages offer."""
    chains = tuple(sorted({name.partition(".")[0] for name in ACTS}))
    told = [clock.today().isoformat(), ledger.stamp(chains).digest, [kind.key for kind in SEARCHABLES]]
    return _digest(told)


def _digest(told: object) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _entry(kind: Searchable, one: Document) -> SearchEntry:
    told = [kind.key, one.name, one.title, one.body, one.url, one.context, one.precedence, one.twin]
    return SearchEntry(
        key=f"{kind.key}:{one.key}",
        kind=kind.key,
        name=one.name,
        title=one.title,
        body=one.body,
        url=one.url,
        context=one.context,
        precedence=one.precedence,
        twin=_digest([kind.key, one.twin]) if one.twin else "",
        title_words=" ".join(search_words(f"{one.name} {one.title}")),
        body_words=" ".join(search_words(f"{one.body} {one.context}")),
        digest=_digest(told),
    )


def _write(entries: list[SearchEntry]) -> None:
    """Only what differs is written; the words follow when anything did."""
    known = dict(SearchEntry.objects.values_list("key", "digest"))
    wanted = {entry.key: entry for entry in entries}
    gone = known.keys() - wanted.keys()
    changed = [entry for entry in wanted.values() if known.get(entry.key) != entry.digest]
    SearchEntry.objects.filter(key__in=gone).delete()
    SearchEntry.objects.bulk_create(changed, update_conflicts=True, unique_fields=["key"], update_fields=COLUMNS)
    if gone or changed:
        SearchWord.objects.all().delete()
        SearchWord.objects.bulk_create(_words(wanted.values()))


def _words(entries: Iterable[SearchEntry]) -> list[SearchWord]:
    """Each word once, as it is most often written, with how many documents have it."""
    spellings: dict[str, Counter[str]] = {}
    documents: Counter[str] = Counter()
    for entry in entries:
        found = written_words(f"{entry.name} {entry.title} {entry.body}")
        for written in found:
            spellings.setdefault(fold(written), Counter())[written.lower()] += 1
        documents.update({fold(written) for written in found})
    kept = {word: seen for word, seen in spellings.items() if len(word) <= LONGEST_WORD}
    return [SearchWord(word=word, shown=_usual(seen), length=len(word), documents=documents[word]) for word, seen in kept.items()]


def _usual(seen: Counter[str]) -> str:
    return min(seen, key=lambda written: (-seen[written], written))[:LONGEST_WORD]
