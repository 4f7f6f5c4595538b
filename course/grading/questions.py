"""The questions of a grading run, drawn once."""

from __future__ import annotations

import hashlib

from course.asking import pack_questions
from course.checks import Exercise
from course.exercises import exercises_of


class Asked:
    """A lesson's exercises with the questions that a seed draws; none for "", a notebook that is no lesson's."""

    def __init__(self, lesson: str, seed: int, device: str) -> None:
        self.lesson = lesson
        self.seed = seed
        self.device = device
        self.questions = {e.name: tuple(e.questions(seed, device=device)) for e in self.exercises}
        packed = b"".join(pack_questions(list(asked)) for asked in self.questions.values())
        self.digest = hashlib.sha256(packed).hexdigest()

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        return exercises_of(self.lesson) if self.lesson else ()
