"""Who may do what in transparency."""

from calpulli.commons.act import Actor
from calpulli.people.doors import Role


def publish_dataset(actor: Actor, /) -> bool:
    """Only the installation itself: an edition is a copy of what is public already, and nobody decides on it."""
    return "system" in actor.roles


def edit_thesaurus(actor: Actor, /) -> bool:
    """Whoever edits, signed in with an account."""
    return actor.account is not None and Role.EDITOR.value in actor.roles


def set_synonyms(actor: Actor, /) -> bool:
    """As for seeing the page."""
    return edit_thesaurus(actor)


def remove_term(actor: Actor, /) -> bool:
    """As for seeing the page."""
    return edit_thesaurus(actor)


def import_thesaurus(actor: Actor, /) -> bool:
    """Only the installation itself, from the institute's folder."""
    return "system" in actor.roles
