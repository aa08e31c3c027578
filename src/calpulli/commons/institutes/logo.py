"""Whether a logo may be served: a small SVG that draws and does nothing else."""

from __future__ import annotations

import re
from xml.etree import ElementTree

LARGEST_BYTES = 12_000  # every page carries it
NAMESPACE = "{http://www.w3.org/2000/svg}"
DRAWING = {
    *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "desc", "defs", "use"),
    *("linearGradient", "radialGradient", "stop", "clipPath", "mask"),
}
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


def defect_of(content: bytes) -> str:
    """What forbids serving it, with its remedy; empty if nothing does."""
    if len(content) > LARGEST_BYTES:
        return f"pesa {len(content):,} bytes y caben {LARGEST_BYTES:,}. Simplifique el dibujo."
    if DECLARED.search(content):
        return "declara DOCTYPE o entidades, que aquí no se leen. Expórtelo como «SVG simple»."
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - without declarations, as checked above, there is nothing to expand
    except ElementTree.ParseError as error:
        return f"no es un SVG bien formado ({error}). Expórtelo de nuevo desde el programa de dibujo."
    return _defect_of_root(root)


def _defect_of_root(root: ElementTree.Element) -> str:
    if root.tag != f"{NAMESPACE}svg" or "viewBox" not in root.attrib:
        return "no es un SVG con viewBox, y sin él no se puede ajustar de tamaño. Agregue viewBox al elemento svg."
    for element in root.iter():
        name = str(element.tag).removeprefix(NAMESPACE)
        if name not in DRAWING:
            return (
                f"tiene un elemento «{name}», y aquí un logotipo solo dibuja. "
                "Convierta textos e imágenes en trazos, y quite guiones y estilos."
            )
        if told := next((key for key, value in element.attrib.items() if _acts(key, value)), ""):
            return f"su elemento «{name}» lleva «{told}», que actúa o trae algo de fuera. Quítelo."
    return ""


def _acts(key: str, value: str) -> bool:
    """Handlers, inline styles, and references to anything but a part of the drawing itself."""
    name = key.rpartition("}")[2].lower()
    leaves = "url(" in value and "url(#" not in value
    return name.startswith("on") or name == "style" or leaves or (name in ("href", "src") and not value.startswith("#"))
