"""Ids and hints of the mistakes, defined once for all exercises that can show them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Idea:
    """A wrong idea: its id, a hint that says where to look, a second one with more detail, and the topic to reread."""

    id: str
    hint: str
    more: str
    topic: str = ""


WORDS = Path(__file__).with_name("catalogue.toml")
CATALOGUE = {id: Idea(id, **words) for id, words in tomllib.loads(WORDS.read_text(encoding="utf-8")).items()}
_USED: set[str] = set()


def idea(id: str) -> Idea:
    """Return an idea from the catalogue; raise ValueError if the catalogue has no words for the id."""
    if id not in CATALOGUE:
        raise ValueError(f"the mistake {id} has no words: add them to {WORDS.name}")
    _USED.add(id)
    return CATALOGUE[id]


def unused() -> set[str]:
    """Return the ids in the catalogue that no code has requested."""
    return set(CATALOGUE) - _USED
