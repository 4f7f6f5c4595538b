"""The questions of a grading run, drawn once."""

from __future__ import annotations

import hashlib

from course.exercise import Exercise
from course.lessons import exercises_from, exercises_of
from course.lessons.stated import Part
from course.runner import pack_questions


class QuestionSet:
    """A lesson's exercises with the questions that a seed draws; none for "", a notebook that is no lesson's."""

    def __init__(self, lesson: str, seed: int, device: str, parts: tuple[Part, ...] | None = None) -> None:
        """Draw the questions; parts: of the lesson as it was built, by default all exercises the course has for it."""
        self.lesson = lesson
        self.parts = parts
        self.seed = seed
        self.device = device
        self.questions = {e.name: tuple(e.questions(seed, device=device)) for e in self.exercises}
        packed = b"".join(pack_questions(list(asked)) for asked in self.questions.values())
        self.digest = hashlib.sha256(packed).hexdigest()

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        if not self.lesson:
            return ()
        return exercises_of(self.lesson) if self.parts is None else exercises_from(self.lesson, self.parts)

    @property
    def needs_torch(self) -> bool:
        """Whether its exercises are asked where torch is: the first way's are not."""
        return not all(e.options.get("numpy_only") for e in self.exercises)
