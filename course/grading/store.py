"""What grading remembers between runs: seeds, results of runs and finished submissions, each in its own file."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import course
from course.atomic import sweep, write_atomically
from course.grading.assignment import NOTHING_GRADED, GradedCells
from course.grading.cell import name_of
from course.grading.folder import Task
from course.grading.graded import NOTED, SECRET, TIMESTAMP, Graded, notes_folder
from course.grading.reading import MAX_FILE_BYTES, NotPlain, open_plainly
from course.grading.release import Assignments
from course.grading.submission import Submission
from course.language import LANGUAGES, using
from course.lessons.stated import Stated
from course.runner import arrays_in
from course.sandbox import RunResult
from course.sandbox.job import Packed, packed
from course.sandbox.messages import join, split

# Part of every key; increased when the contents of a stored result change their meaning.
FORMAT = 8
# Arrays of at least this size have files of their own: correct answers are equal to the bit, so a class has few.
LARGE_BYTES = 16 * 2**10
CHECKSUM = 64  # hexadecimal digits of SHA-256


def digest_of(
    submission: Submission,
    lesson: str,
    device: str,
    own: GradedCells = NOTHING_GRADED,
    files: Mapping[str, bytes] | None = None,
) -> str:
    """Return a digest of what is to be run: equal content has an equal digest, whoever handed it in.

    own: the instructor's graded cells that run with it. files: the files beside it, by relative path.
    """
    cells = [[c.cell_type, name_of(c), c.source] for c in submission.cells]
    graded = sorted([cell.name, cell.source] for cell in own.values())
    beside = sorted([name, hashlib.sha256(content).hexdigest()] for name, content in (files or {}).items())
    text = json.dumps([FORMAT, lesson, device, submission.unreadable, cells, graded, beside], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class CachedRun:
    """The result of a run with the seed and a digest of its questions: if they have changed, it is out of date."""

    seed: int
    questions: str
    run_result: RunResult


@dataclass(frozen=True)
class Run:
    """A grading run. open: it is not complete. seeds: by lesson."""

    open: bool = False
    again: bool = False
    seeds: dict[str, int] = field(default_factory=dict)


class Store:
    """The folder .course/grading of a course."""

    def __init__(self, root: Path) -> None:
        self._notes = notes_folder(root)
        self.folder = root / ".course" / "grading"
        self._written = (self.folder, root / "autograded")

    def begin(self, lessons: Iterable[str], *, again: bool = False) -> dict[str, int]:
        """Return the seeds of a grading run by lesson: fresh ones, or those of an interrupted run that is resumed.

        again: everything is graded anew, so only an interrupted run that was started this way is resumed.
        """
        for folder in self._written:
            sweep(folder)
        run = self._run()
        if not run.open or again and not run.again:
            run = Run(again=again)
        seeds = {lesson: secrets.randbelow(2**31) for lesson in lessons} | run.seeds
        self._write_run(replace(run, open=True, seeds=seeds))
        return seeds

    def end(self) -> None:
        """Record that a run is complete, so that the next one uses other seeds."""
        self._write_run(replace(self._run(), open=False))

    def _run(self) -> Run:
        try:
            run: Run = _typed(json.loads((self.folder / "run.json").read_bytes()), Run)
        except (OSError, *DAMAGED):
            return Run()
        return run

    def _write_run(self, run: Run) -> None:
        write_atomically(self.folder / "run.json", json.dumps(asdict(run)).encode())

    def run_result(self, digest: str) -> CachedRun | None:
        """Return the stored run of this digest, None if there is none or it is damaged."""
        try:
            head, (body,) = split(_checked(self._place("transcripts", digest)))
            run_result = RunResult.unpack(body)
            answers = {exercise: [*packed(given).blobs] for exercise, given in run_result.answers.items()}
            for exercise, i, at, key in head["arrays"]:
                blob = answers[exercise][i]
                answers[exercise][i] = blob[:at] + _checked(self._place("arrays", key)) + blob[at:]
            whole = {exercise: Packed(blobs) for exercise, blobs in answers.items()}
            return CachedRun(int(head["seed"]), str(head["asked"]), replace(run_result, answers=whole))
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None

    def cache(self, digest: str, cached: CachedRun) -> None:
        """Store a run as the bytes it came in, and each large array only once, whoever answered with it."""
        places, answers = [], {}
        for exercise, given in cached.run_result.answers.items():
            slim = []
            for i, blob in enumerate(packed(given).blobs):
                start, rest = 0, []
                for at, end in arrays_in(blob, LARGE_BYTES):
                    places.append([exercise, i, at, self._keep_array(blob[at:end])])
                    rest.append(blob[start:at])
                    start = end
                slim.append(b"".join([*rest, blob[start:]]))
            answers[exercise] = Packed(slim)
        head = {"seed": cached.seed, "asked": cached.questions, "arrays": places}
        body = join(head, [replace(cached.run_result, answers=answers).pack()])
        write_atomically(self._place("transcripts", digest), _with_checksum(body), durable=False)

    def _keep_array(self, array: bytes) -> str:
        key = hashlib.sha256(array).hexdigest()
        place = self._place("arrays", key)
        if not place.exists() or place.stat().st_size != CHECKSUM + len(array):
            write_atomically(place, key.encode() + array, durable=False)
        return key

    def _place(self, kind: str, name: str) -> Path:
        return self.folder / kind / name[:2] / name

    def file_of(self, lesson: str, student: str) -> Path:
        """Return the path of the record of a submission's last grading, which may not exist."""
        return self._notes / lesson / f"{student}.json"

    def done(self, lesson: str, student: str) -> tuple[Graded, str]:
        """Return the outcome of a submission's last grading and its state then; state and status are "" if none."""
        try:
            note = json.loads(self.file_of(lesson, student).read_bytes())
            state: str = _typed(note.pop("state"), str)
            graded: Graded = _typed(note, Graded)
            if all(told.keys() == NOTED for told in graded.wrong.values()):
                return graded, state
        except (OSError, *DAMAGED):
            pass
        return Graded(lesson, student, ""), ""

    def forget(self, lesson: str, student: str) -> None:
        self.file_of(lesson, student).unlink(missing_ok=True)

    def mark_done(self, graded: Graded, state: str) -> None:
        text = json.dumps({**asdict(graded), "state": state}, ensure_ascii=False, indent=1)
        write_atomically(self.file_of(graded.lesson, graded.student), text.encode())


# Errors of JSON that is damaged or has another shape.
DAMAGED = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
_types_in = cache(get_type_hints)


def _typed(value: Any, kind: Any) -> Any:
    """Return a value from JSON as the given type, such as Run, dict[str, int] or float; lists become tuples.

    Raises one of DAMAGED if it is of another type.
    """
    outer, inner = get_origin(kind), get_args(kind)
    if kind in (Run, Graded):
        kinds = _types_in(kind)
        return kind(**{name: _typed(of, kinds[name]) for name, of in value.items()})
    if outer is tuple:
        return tuple(_typed(each, inner[0]) for each in _typed(value, list))
    if outer is dict:
        return {name: _typed(of, inner[1]) for name, of in value.items()}
    if not isinstance(value, int | float if kind is float else kind):
        raise TypeError(f"{value!r} is not of the type {kind}")
    return value


def _with_checksum(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode() + data


def _checked(path: Path) -> bytes:
    """Read a file that begins with its checksum, and return the rest.

    Raises ValueError if it is damaged, as after a power cut.
    """
    read = path.read_bytes()
    if _with_checksum(read[CHECKSUM:])[:CHECKSUM] != read[:CHECKSUM]:
        raise ValueError(f"{path} is damaged")
    return read[CHECKSUM:]


def state_of(task: Task, assignments: Assignments, device: str) -> str:
    """Return a digest of all that a submission's points from checks depend on.

    The late penalty is not part of it: it is computed anew each time, without running student code.
    """
    graded = assignments.graded(task.lesson)
    parts = [str(FORMAT).encode(), device.encode(), _judging(), repr(graded).encode()]
    parts += [assignments.release(task.lesson, notebook).text for notebook in graded]
    parts.append(json.dumps(assignments.reference(task.lesson)).encode())
    parts += [repr(part).encode() for part in assignments.parts(task.lesson) if isinstance(part, Stated)]
    parts.append("\n".join(task.found).encode("utf-8", "backslashreplace"))
    for name, content in sorted(assignments.files(task.lesson, task.folder)[0].items()):
        parts += [name.encode(), content]
    for path in (*(task.path_of(name) for name in graded), task.folder / TIMESTAMP, task.folder / SECRET):
        try:
            # A fixed language, so that the terminal's makes no difference to the reason.
            with using(LANGUAGES[0]), open_plainly(path, MAX_FILE_BYTES) as file:
                parts.append(hashlib.file_digest(file, "sha256").digest())
        except (NotPlain, OSError) as reason:
            parts.append(f"- {reason}".encode("utf-8", "replace"))
    return hashlib.sha256(b"\0".join(hashlib.sha256(p).digest() for p in parts)).hexdigest()


@cache
def _judging() -> bytes:
    """Return a digest of the code that judges: when a check changes, everything is judged anew from cached runs."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in judging_files())).digest()


def judging_files() -> list[Path]:
    """Return the package's files on which a verdict and its text depend."""
    package = Path(course.__file__).parent
    rooms = [package / name for name in ("exercise", "judging", "lessons", "mistakes", "network", "runner")]
    files = (file for room in rooms for file in room.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    others = ("language.py", "dataset.py", "grading/examiner.py", "grading/outputs.py", "sandbox/job.py")
    return sorted([*files, *package.glob("locale/*/*/*.mo"), *(package / name for name in others)])
