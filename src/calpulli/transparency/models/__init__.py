"""The tables of transparency."""

from .editions import DatasetEdition
from .searching import SearchEntry, SearchMiss, SearchState, SearchWord
from .thesaurus import ThesaurusTerm

__all__ = ["DatasetEdition", "SearchEntry", "SearchMiss", "SearchState", "SearchWord", "ThesaurusTerm"]
