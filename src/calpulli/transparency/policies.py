"""Who may do what in transparency."""

from calpulli.commons.act import Actor


def publish_dataset(actor: Actor, /) -> bool:
    """Only the installation itself: an edition is a copy of what is public already, and nobody decides on it."""
    return "system" in actor.roles
