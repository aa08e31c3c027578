"""The desk: what each package has for people to do, when it is due, and how it tells what they did.

Everything is read when it is asked for, for the actor who asks: a source shows nobody what she may not see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from calpulli.commons.act import Actor

from . import Registry


@dataclass(frozen=True)
class Step:
    """The one next action of a task: where it is taken or, when it `sends` something, a form of one button, `label`."""

    url: str
    label: str = ""
    about: str = ""  # finishes the label's words for those who hear it: «Abrir» the third quarter
    sends: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """Something that waits for somebody. `key` is that of the obligation: it stays while steps and due date change."""

    key: str
    what: str  # a verb and its object
    about: str  # one or two sentences: of which plan, who had it before
    step: Step
    state: str  # as page parts draw it
    state_label: str
    standing: str  # how far the due date is, in words; without a due date, why there is none
    due_on: dt.date | None = None
    proof_url: str = ""
    area: str = ""  # the area that must act; empty when no area has it yet
    mine: bool = False  # whether the actor who asks may take the step
    since: dt.date | None = None
    begun: bool = False  # whether what the actor did last on the same thing waits for this: first of its day

    def is_late(self, today: dt.date) -> bool:
        """Whether its due date is behind."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class DueDate:
    """A day that a plan of work holds, whether or not there is a task for it yet. `key` as in `Task`."""

    key: str
    on: dt.date
    what: str
    about: str
    url: str
    proof_url: str = ""


@dataclass(frozen=True)
class Deed:
    """What a fact says to whoever did it: what was done, what follows, and where to see what it touched."""

    title: str
    follows: str = ""
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class Shortcut:
    """A link of a panel, with a few words beside it."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Panel:
    """What stands beside the tasks: ways that a package opens from the desk."""

    title: str
    text: str = ""
    links: tuple[Shortcut, ...] = ()


def no_panels(actor: Actor, /) -> Iterable[Panel]:
    """For a source that opens no ways."""
    return ()


@dataclass(frozen=True)
class Source:
    """What a package brings to the desk; its key is the chain of its facts.

    `tasks`: those that the actor may see, `mine` those that she may take. `load`: every task, for counting by area.
    `coming`: due dates that concern her, from a day on. `deed`: name and details of a fact in words; None if it has none.
    """

    tasks: Callable[[Actor], Iterable[Task]]
    load: Callable[[], Iterable[Task]]
    coming: Callable[[Actor, dt.date], Iterable[DueDate]]
    deed: Callable[[str, Mapping[str, Any]], Deed | None]
    panels: Callable[[Actor], Iterable[Panel]] = no_panels


SOURCES: Registry[Source] = Registry("sources of the desk")
