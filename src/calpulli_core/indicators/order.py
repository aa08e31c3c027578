"""In which order indicators that read each other are computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Cycle(ValueError):  # noqa: N818 - the field's word
    """Indicators that read each other in a circle: `keys`, the first again at the end."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self.keys = keys
        circle = " → ".join(keys)
        if len(set(keys)) == 1:
            rule = f"El indicador «{keys[0]}» usa su propio valor ({circle}), y así no se puede calcular."
            remedy = "Cambie su fórmula para que no lo use, ni siquiera el de un periodo anterior."
        else:
            rule = f"Estos indicadores se usan unos a otros en círculo, y ninguno se puede calcular: {circle}."
            remedy = "Cambie la fórmula de uno de ellos para que no use al siguiente."
        super().__init__(f"{rule} {remedy}")


def in_order(reads: Mapping[str, Iterable[str]]) -> list[str]:
    """The keys so that each comes after those that it reads; keys that `reads` does not have are left out. Raises Cycle.

    Without recursion: a chain of indicators may be as long as their number.
    """
    found: list[str] = []
    done: set[str] = set()
    for start in sorted(reads):
        _visit(start, reads, found, done)
    return found


def _visit(start: str, reads: Mapping[str, Iterable[str]], found: list[str], done: set[str]) -> None:
    path, waiting = [start], [iter(sorted(reads[start]))]
    if start in done:
        return
    while path:
        key = next((one for one in waiting[-1] if one in reads and one not in done), None)
        if key is None:
            waiting.pop()
            found.append(path.pop())
            done.add(found[-1])
        elif key in path:
            raise Cycle((*path[path.index(key) :], key))
        else:
            path.append(key)
            waiting.append(iter(sorted(reads[key])))
