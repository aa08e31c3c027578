"""The shapes of what comes in to transparency."""

from .editions import PublishDataset
from .thesaurus import ImportThesaurus, RemovalForm, RemoveTerm, SetSynonyms, TermForm
from .thesaurus_file import read_thesaurus
from .unknowns import UnknownFilter

__all__ = [
    "ImportThesaurus",
    "PublishDataset",
    "RemovalForm",
    "RemoveTerm",
    "SetSynonyms",
    "TermForm",
    "UnknownFilter",
    "read_thesaurus",
]
