"""What an institute is called, which plans it carries and which norms it follows."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from calpulli_core.law.norms import load_norms
from calpulli_core.law.rules import Rule

# Django's checks of the institute's folder: all that our commands wait for. Those of the code, for which every page is loaded,
# are for whoever changes it (`calpulli check`).
CHECKED = ("institute",)


@dataclass(frozen=True)
class Institute:
    """What pages say of the institute that this installation serves."""

    slug: str
    name: str
    acronym: str
    demonstration: bool
    notice: str
    contact: str


@dataclass(frozen=True)
class OpenData:
    """On what terms the institute gives its data, and which area answers for each: `[data]` of its file."""

    licence: str
    licence_url: str
    areas: dict[str, str]


@dataclass(frozen=True)
class OutsidePlace:
    """Somewhere that is not this site and keeps copies of what it publishes: `[outside]` of the institute's file."""

    name: str
    url: str


@dataclass(frozen=True)
class ListedPlan:
    """A plan that the installation carries, as `plans.toml` lists it; `institute` is whose norms it follows."""

    key: str
    kind: str
    family: str
    generation: int
    institute: str
    programme: Path
    seal_notice: str
    identifiers: dict[str, str]  # number -> the identifier that it had in an earlier generation


def folder(slug: str) -> Path:
    """The folder of an institute's data."""
    return Path(settings.INSTITUTES_DIR) / slug


@cache
def current() -> Institute:
    """The institute of this installation (`INSTITUTE`)."""
    data = tomllib.loads((folder(settings.INSTITUTE) / "institute.toml").read_text(encoding="utf-8"))
    return Institute(
        slug=settings.INSTITUTE,
        name=data["name"],
        acronym=data["acronym"],
        demonstration=bool(data.get("demonstration", False)),
        notice=data["notices"]["site"],
        contact=data.get("contact", ""),
    )


@cache
def name_of(slug: str) -> str:
    """What an institute is called; its folder's name when the folder is here no more, since what it adopted stays."""
    file = folder(slug) / "institute.toml"
    return str(tomllib.loads(file.read_text(encoding="utf-8"))["name"]) if file.exists() else slug


@cache
def open_data() -> OpenData:
    """The licence of this installation's data and the names of the areas that answer for them."""
    told = tomllib.loads((folder(settings.INSTITUTE) / "institute.toml").read_text(encoding="utf-8")).get("data", {})
    return OpenData(told.get("licence", ""), told.get("licence_url", ""), dict(told.get("areas", {})))


@cache
def section(name: str) -> dict[str, Any]:
    """A part of the institute's settings as it is written (`[name]` in `institute.toml`); empty when there is none."""
    data = tomllib.loads((folder(settings.INSTITUTE) / "institute.toml").read_text(encoding="utf-8"))
    return dict(data.get(name, {}))


@cache
def outside_places() -> tuple[OutsidePlace, ...]:
    """Where a fingerprint can be contrasted besides this site; ValueError for an address that is not of the web."""
    found = tuple(OutsidePlace(str(one["name"]), str(one["url"])) for one in section("outside").get("places", []))
    for place in found:
        if not place.url.startswith(("https://", "http://")):
            raise ValueError(
                f"institute.toml, [outside]: «{place.url}» no es una dirección de la web. Escríbala completa, con https://."
            )
    return found


@cache
def norms(slug: str) -> tuple[Rule, ...]:
    """The dated rules of an institute as its file says them; what binds is what was adopted (package `norms`)."""
    file = folder(slug) / "norms.toml"
    return load_norms(file.read_text(encoding="utf-8"), file=f"institutes/{slug}/norms.toml")


@cache
def article_of(slug: str, name: str) -> str:
    """The article that Spanish puts before the name of that folder's institute (`article`); empty for any other name."""
    file = folder(slug) / "institute.toml"
    told = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return str(told.get("article", "")) if told.get("name") == name else ""


def listed_plans() -> list[ListedPlan]:
    """The plans of this installation, in the order of `plans.toml`."""
    home = folder(settings.INSTITUTE)
    data = tomllib.loads((home / "plans.toml").read_text(encoding="utf-8"))
    return [_listed(home, entry) for entry in data["plan"]]


def _listed(home: Path, entry: dict[str, Any]) -> ListedPlan:
    programme = (home / str(entry["file"])).resolve()
    return ListedPlan(
        key=str(entry["key"]),
        kind=str(entry["kind"]),
        family=str(entry["family"]),
        generation=int(entry["generation"]),
        institute=programme.parent.name,
        programme=programme,
        seal_notice=str(entry.get("seal_notice", "")),
        identifiers=dict(entry.get("identifiers", {})),
    )
