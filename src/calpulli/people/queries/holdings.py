"""Reads of who holds what, for staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli_core.text.folding import fold, order_key

from ..models import Account, Appointment, Area, Grant, Post, Role, granted_roles, in_force, role_of


@dataclass(frozen=True)
class Holding:
    """A post or a role that an account holds or held, in words."""

    id: int
    what: str
    where: str
    since: dt.date
    until: dt.date | None

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.until is not None and self.until <= clock.today()


@dataclass(frozen=True)
class AccountView:
    """An account with what it holds; what has ended comes last."""

    account: Account
    posts: tuple[Holding, ...]
    roles: tuple[Holding, ...]
    lasting_roles: tuple[str, ...]  # of accounts from before roles had dates: in the whole institute

    @property
    def role_words(self) -> str:
        """The roles of today, in words."""
        now = [holding.what for holding in self.roles if not holding.is_over]
        return ", ".join(dict.fromkeys([*self.lasting_roles, *now]))


def account_view(account: Account) -> AccountView:
    """An account with all that it holds and held."""
    appointments = Appointment.objects.filter(account=account).select_related("post__area")
    grants = Grant.objects.filter(account=account).select_related("area")
    posts = [Holding(one.pk, one.post.title, one.post.area.name, one.since, one.until) for one in appointments]
    roles = [Holding(one.pk, _words(one.role), one.area.name if one.area else "", one.since, one.until) for one in grants]
    return AccountView(account, _current_first(posts), _current_first(roles), tuple(_words(role) for role in account.roles))


def _current_first(holdings: Iterable[Holding]) -> tuple[Holding, ...]:
    return tuple(sorted(holdings, key=lambda holding: (holding.is_over, holding.since, holding.id)))


def _words(role: str) -> str:
    known = role_of(role)
    return str(known.label) if known else role


def staff_accounts(text: str = "") -> list[AccountView]:
    """The accounts of staff whose name, user name or place says each of the words; by name, those that may not enter last."""
    words = fold(text).split()
    found = [account for account in Account.objects.filter(kind=Account.Kind.STAFF) if _says(account, words)]
    return [account_view(one) for one in sorted(found, key=lambda one: (not one.is_active, order_key(one.display_name)))]


def _says(account: Account, words: list[str]) -> bool:
    said = fold(f"{account.display_name} {account.username} {account.place}") if words else ""
    return all(word in said for word in words)


def staff_account(account_id: UUID) -> AccountView | None:
    """The account of staff of that key."""
    account = Account.objects.filter(pk=account_id, kind=Account.Kind.STAFF).first()
    return account_view(account) if account else None


def area_options() -> list[tuple[str, str]]:
    """The areas in force, to choose from."""
    now = sorted(Area.objects.filter(in_force(clock.today())), key=lambda area: order_key(area.name))
    return [(area.key, area.name) for area in now]


def post_options() -> list[tuple[str, str]]:
    """The posts of areas in force, to choose from."""
    now = Post.objects.filter(area__in=Area.objects.filter(in_force(clock.today()))).select_related("area")
    return [
        (post.key, f"{post.area.name}: {post.title}")
        for post in sorted(now, key=lambda post: (order_key(post.area.name), post.position))
    ]


def role_options() -> list[tuple[str, str]]:
    """The roles that are granted, each with what it lets do."""
    return [(role.value, f"{role.label}. {role.tells}") for role in granted_roles()]


def attended_districts(actor: Actor) -> list[Area]:
    """The districts whose residents the actor attends."""
    now = Area.objects.filter(in_force(clock.today()), kind=Area.Kind.DISTRICT).order_by("number")
    return [area for area in now if actor.may(Role.DISTRICT_CLERK, area.key)]


def residents_of(districts: Iterable[Area], text: str = "") -> list[Account]:
    """The residents of those districts whose name or folio says each of the words, by name."""
    words = fold(text).split()
    found = Account.objects.filter(kind=Account.Kind.RESIDENT, district__in=list(districts), erased_on=None).select_related(
        "district"
    )
    said = [one for one in found if all(word in fold(f"{one.display_name} {one.username}") for word in words)]
    return sorted(said, key=lambda one: (not one.is_active, order_key(one.display_name)))


def resident(account_id: UUID) -> Account | None:
    """The resident of that key."""
    return Account.objects.filter(pk=account_id, kind=Account.Kind.RESIDENT).select_related("district").first()
