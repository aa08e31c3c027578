"""The demo's part of transparency: the first edition of every data set."""

from __future__ import annotations

from calpulli.commons.act import Actor

from .publishing import publish_changed


def seed_editions() -> None:
    """Publishes every data set that has none, or that changed."""
    publish_changed(by=Actor.system("siembra"))
