"""The only writes of transparency."""

from .editions import publish_dataset
from .thesaurus import import_thesaurus, remove_term, set_synonyms

__all__ = ["import_thesaurus", "publish_dataset", "remove_term", "set_synonyms"]
