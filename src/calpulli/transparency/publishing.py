"""Publishing what changed: what the command, the periodic chore and the seed share."""

from __future__ import annotations

from calpulli.commons.act import Actor, Refused
from calpulli.commons.registries.datasets import DATASETS

from .actions import publish_dataset
from .inputs import PublishDataset
from .models import DatasetEdition


def publish_changed(*, by: Actor) -> list[DatasetEdition]:
    """The next edition of every data set whose content is no longer that of its last one."""
    made = []
    for dataset in DATASETS:
        if not dataset.editions:
            continue
        try:
            made.append(publish_dataset(PublishDataset(dataset.key), by=by).result)
        except Refused:  # nothing changed
            continue
    return made
