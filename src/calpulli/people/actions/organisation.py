"""Bringing the institute's organisation: whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from calpulli.commons import clock, files
from calpulli.commons.act import Problem, Refused, Work, act

from .. import policies
from ..inputs import AreaEntry, ImportOrganisation
from ..models import Appointment, Area, Grant, Post, in_force


@dataclass
class Brought:
    """What an import changed: keys of areas and of posts."""

    areas_added: list[str] = field(default_factory=list)
    areas_changed: list[str] = field(default_factory=list)
    posts_added: list[str] = field(default_factory=list)
    posts_changed: list[str] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """Whether all was here already, as the file tells it."""
        return not (self.areas_added or self.areas_changed or self.posts_added or self.posts_changed)


@act("people.organisation_imported", policy=policies.import_organisation)
def import_organisation(work: Work, command: ImportOrganisation) -> Brought:
    """Adds the areas and posts that are missing, and takes what changed of those that are here.

    What published pages say must stay true: an area keeps its name, kind and number, and none disappears. It is closed
    with a date, once nobody holds anything in it.
    """
    work.hold_chain()
    problems = list(_problems(command))
    if problems:
        raise Refused(*problems)
    brought = Brought()
    for entry in _parents_first(command.areas):
        _bring_area(work, entry, command.source, brought)
        _bring_posts(work, entry, brought)
    told = {"areas": len(command.areas), "areas_added": len(brought.areas_added), "areas_changed": len(brought.areas_changed)}
    work.details.update(told, posts_added=len(brought.posts_added), posts_changed=len(brought.posts_changed))
    work.details["source_sha256"] = files.keep(command.content)
    return brought


def _problems(command: ImportOrganisation) -> Iterator[Problem]:
    entries = {entry.key: entry for entry in command.areas}
    for area in Area.objects.all():
        entry = entries.get(area.key)
        if entry is None:
            yield _problem(area.key, "ya está aquí y no viene en el archivo. Déjela, con su fecha «until» si se cerró.")
            continue
        for name, was, now in _fixed(area, entry):
            yield _problem(area.key, f"su {name} es «{was}» y el archivo dice «{now}». Ciérrela y agregue otra con otra clave.")
        if entry.until and entry.until <= clock.today() and (held := _held(area.key)):
            yield _problem(area.key, f"no se puede cerrar: {held} siguen vigentes en ella. Termínelos primero.")
    posts = {post.key: entry for entry in command.areas for post in entry.posts}
    for post in Post.objects.all():
        told = posts.get(post.key)
        if told is None or told.key != post.area_id:
            yield _problem(post.area_id, f"su puesto «{post.key}» ya está aquí y debe seguir en ella. Regréselo al archivo.")


def _problem(key: str, text: str) -> Problem:
    return Problem("area", f"El área «{key}»: {text}")


def _fixed(area: Area, entry: AreaEntry) -> Iterator[tuple[str, object, object]]:
    """What of an area may not change, and would."""
    pairs = (("nombre", area.name, entry.name), ("tipo", area.kind, entry.kind), ("número", area.number, entry.number))
    yield from ((name, was, now) for name, was, now in pairs if was != now)


def _held(key: str) -> str:
    """How many posts and roles are held in an area today, in words; empty for none."""
    now = in_force(clock.today())
    posts = Appointment.objects.filter(now, post__area_id=key).count()
    roles = Grant.objects.filter(now, area_id=key).count()
    return f"{posts} nombramientos y {roles} funciones" if posts or roles else ""


def _parents_first(entries: tuple[AreaEntry, ...]) -> Iterator[AreaEntry]:
    """So that no row points to one that is not there yet. The file was checked: nothing hangs from itself."""
    children: dict[str | None, list[AreaEntry]] = {}
    for entry in entries:
        children.setdefault(entry.parent, []).append(entry)
    waiting = list(children.get(None, []))
    for entry in waiting:  # grows while it is read
        yield entry
        waiting += children.get(entry.key, [])


def _bring_area(work: Work, entry: AreaEntry, source: str, brought: Brought) -> None:
    wanted = {
        **{"name": entry.name, "kind": entry.kind, "parent_id": entry.parent, "number": entry.number},
        **{"answers_for": entry.answers_for, "source": source, "since": entry.since, "until": entry.until},
    }
    area = Area.objects.filter(pk=entry.key).first()
    if area is None:
        work.add(Area(key=entry.key, **wanted))
        brought.areas_added.append(entry.key)
    elif any(getattr(area, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(area, name, value)
        work.save(area)
        brought.areas_changed.append(entry.key)


def _bring_posts(work: Work, entry: AreaEntry, brought: Brought) -> None:
    for position, told in enumerate(entry.posts, start=1):
        wanted = {"area_id": entry.key, "title": told.title, "is_public": told.is_public, "position": position}
        post = Post.objects.filter(pk=told.key).first()
        if post is None:
            work.add(Post(key=told.key, **wanted))
            brought.posts_added.append(told.key)
        elif any(getattr(post, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(post, name, value)
            work.save(post)
            brought.posts_changed.append(told.key)
