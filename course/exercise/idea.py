"""What a mistake is called and what a student is told of it: once, for every exercise that shows it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Idea:
    """A wrong idea: its id, one line that says where to look, one that says more, and what to read again about."""

    id: str
    hint: str
    more: str
    topic: str = ""


WORDS = Path(__file__).with_name("catalogue.toml")
CATALOGUE = {id: Idea(id, **words) for id, words in tomllib.loads(WORDS.read_text(encoding="utf-8")).items()}
_USED: set[str] = set()


def idea(id: str) -> Idea:
    """Return an idea of the catalogue; raise ValueError for an id without words."""
    if id not in CATALOGUE:
        raise ValueError(f"the mistake {id} has no words: add them to {WORDS.name}")
    _USED.add(id)
    return CATALOGUE[id]


def unused() -> set[str]:
    """Return the ids of the catalogue that no code has asked for."""
    return set(CATALOGUE) - _USED
