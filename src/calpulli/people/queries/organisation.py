"""Reads of how the institute is organised, for anyone: posts answer in public, names only where a post makes them public."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from calpulli.commons import clock
from calpulli.ledger.doors import remembered
from calpulli_core.text.folding import fold, order_key

from ..models import Appointment, Area, Post, in_force


@dataclass(frozen=True)
class PostView:
    """A post, and who holds it where that is public; `name` is empty where it is not, or where nobody does."""

    title: str
    is_public: bool
    is_held: bool
    name: str


@dataclass(frozen=True)
class AreaView:
    """An area with its posts, what it hangs from and what hangs from it."""

    area: Area
    posts: tuple[PostView, ...]
    parent: Area | None
    children: tuple[Area, ...]

    @property
    def is_closed(self) -> bool:
        """Whether it ended before today."""
        return self.area.until is not None and self.area.until <= clock.today()


def find_area(word: str) -> Area | None:
    """The area in force of that key or that name."""
    found = Area.objects.filter(in_force(clock.today()))
    return found.filter(pk=word).first() or found.filter(name=word).first()


def find_named(name: str) -> Area | None:
    """The area in force of that name; a key is not a name."""
    return next((area for area in _in_force(clock.today()) if area.name == name), None)


@remembered("people")
def _in_force(day: dt.date) -> tuple[Area, ...]:
    """The areas of that day; to be read, and by nobody changed."""
    return tuple(Area.objects.filter(in_force(day)))


@dataclass(frozen=True)
class AreaCard:
    """An area as other packages know it; `number` is that of a district."""

    key: str
    name: str
    is_district: bool
    number: int | None
    posts: tuple[tuple[str, str], ...]  # key, title


def area_cards() -> tuple[AreaCard, ...]:
    """The areas in force with their posts: districts by number, the others by name."""
    return _cards(clock.today())


@remembered("people")
def _cards(day: dt.date) -> tuple[AreaCard, ...]:
    posts: dict[str, list[tuple[str, str]]] = {}
    for post in Post.objects.all():
        posts.setdefault(post.area_id, []).append((post.key, post.title))
    now = sorted(_in_force(day), key=lambda area: (area.number or 0, order_key(area.name)))
    return tuple(
        AreaCard(area.key, area.name, area.kind == Area.Kind.DISTRICT, area.number, tuple(posts.get(area.key, ())))
        for area in now
    )


def areas_by_kind() -> dict[str, list[Area]]:
    """The areas in force: by kind, districts by number, the others by name."""
    now = sorted(Area.objects.filter(in_force(clock.today())), key=lambda area: (area.number or 0, order_key(area.name)))
    return {kind: [area for area in now if area.kind == kind] for kind in Area.Kind.values}


def search_areas(text: str) -> list[Area]:
    """The areas in force of which each word occurs in the name, the duties, a post, or a public name; accents do not matter."""
    words = fold(text).split()
    now = [area for kind in areas_by_kind().values() for area in kind]
    said = _said()
    return [area for area in now if all(word in said[area.key] for word in words)]


def _said() -> dict[str, str]:
    """What a search looks at, by area, folded."""
    told = {area.key: [area.name, area.answers_for] for area in Area.objects.all()}
    for post in Post.objects.all():
        told[post.area_id].append(post.title)
    for held in _held_today().filter(post__is_public=True):
        told[held.post.area_id].append(held.account.display_name)
    return {key: fold(" ".join(parts)) for key, parts in told.items()}


def post_titles() -> dict[str, list[str]]:
    """What the posts of each area are called, by its key."""
    told: dict[str, list[str]] = {}
    for post in Post.objects.all():
        told.setdefault(post.area_id, []).append(post.title)
    return told


def area_view(key: str) -> AreaView | None:
    """An area of that key, also one that is closed."""
    area = Area.objects.select_related("parent").filter(pk=key).first()
    if area is None:
        return None
    today = clock.today()
    children = sorted(area.children.filter(in_force(today)), key=lambda child: (child.number or 0, order_key(child.name)))
    return AreaView(area, _posts(area), area.parent, tuple(children))


def _posts(area: Area) -> tuple[PostView, ...]:
    holders = {held.post_id: held.account.display_name for held in _held_today().filter(post__area=area)}
    return tuple(
        PostView(post.title, post.is_public, post.key in holders, holders.get(post.key, "") if post.is_public else "")
        for post in area.posts.all()
    )


def _held_today() -> QuerySet[Appointment]:
    return Appointment.objects.filter(in_force(clock.today()), account__is_active=True).select_related("post", "account")


def posts_without_holder() -> list[Post]:
    """The posts of areas in force that nobody holds today."""
    now = Area.objects.filter(in_force(clock.today()))
    return list(Post.objects.filter(area__in=now).exclude(pk__in=_held_today().values("post")).select_related("area"))
