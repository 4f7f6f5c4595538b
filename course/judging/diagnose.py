"""Name the one mistake that explains a wrong answer, if the evidence proves one."""

from __future__ import annotations

import ast
import itertools
import re
from dataclasses import replace

import numpy as np

from course.exercise import general
from course.exercise.compare import TOLERANCE, same, tolerance_of
from course.exercise.exercise import Exercise, Quantity
from course.exercise.idea import Idea
from course.exercise.mistake import Observation, suspect
from course.exercise.verdict import RowResult
from course.language import later, say
from course.runner import Code
from course.runner.syntax import contain, last_name

# The notebooks' names for the sizes: code that reads them has hard-coded sizes.
SIZES = ("N", "D_IN", "D_H", "D_OUT")
ROWS = 64
# The hint if only some of the results are None.
ONE_IS_NONE = later("One of your results is empty. Which line should have made it?")
# Types of a result returned alone, or "" if too few came back in a sequence. Any other type is taken for a container.
BARE = ("", "ndarray", "matrix", "Tensor", "Parameter", "bool", "int", "float", "float32", "float64")
# Names that convert float64 to float32 or less.
NARROW = ("float32", "float16", "single", "half")
# Functions of torch that make tensors of the default dtype, float32, unless given another.
DEFAULT = ("empty", "zeros", "ones", "full", "tensor", "eye", "rand")


def diagnose(exercise: Exercise, observations: list[Observation], row: str | None) -> Idea | None:
    """Return the named mistake, or None if the evidence proves none. A hint with a name in it is already translated.

    row: name of the first wrong row in the order of computation; None if student code failed.
    """
    decisive = [s for s in observations if s.decides]
    if row is not None and _remembers(decisive, row):
        return general.REMEMBERS
    if all(s.all_right != s.strided for s in decisive):
        return general.NEEDS_CONTIGUOUS
    failed = next((s for s in decisive if s.failure is not None), None)
    if failed is not None and failed.failure is not None:
        if failed.failure.kind == "autograd":
            return suspect(exercise.mistakes, observations, row) or _refused(failed)
        if failed.failure.kind == "global":
            known = general.SIZES_FIXED if failed.failure.message in SIZES else general.GLOBAL
            return suspect(exercise.mistakes, observations, row) or known
    if _about_a_tuple(decisive, row):
        return _comma(decisive)
    if failed is None:
        form: Idea | None = _structural(decisive, row)
        if form is general.RETURNS_NONE and all(s.fact("n_results") == s.fact("n_wanted", 0) for s in decisive):
            # something came back, with None in it
            form = suspect(exercise.mistakes, observations, row) or replace(general.RETURNS_NONE, hint=ONE_IS_NONE)
        if form is not None:
            return form
    if _sizes_fixed(observations):
        return general.SIZES_FIXED
    if failed is None and _other_order(exercise, decisive, row):
        return general.ORDER
    own = suspect(exercise.mistakes, observations, row)
    if own is not None:
        return own
    if "return" not in decisive[0].code.comma_tuples and decisive[0].code.comma_tuples:
        return _comma(decisive)
    kept = _kept_global(decisive)
    if kept:
        return replace(
            general.GLOBAL,
            hint=say(
                "`{name}` is a variable of the notebook, with what an earlier call or cell left in it. What the "
                "function is to work on is in its arguments.",
                name=kept,
            ),
        )
    if failed is not None:
        if _asked_for_one_truth(failed):
            return general.IF_ON_ARRAY
        if _method_itself(failed):
            return general.CALL_MISSING
        if _axis_lost(failed):
            return general.SQUEEZED
        return general.DTYPE if _two_precisions_met(failed) else None
    if any(s.fact("changed") for s in decisive):
        return general.INPUTS_CHANGED
    return general.DTYPE if _fewer_digits(decisive) else None


def _refused(obs: Observation) -> Idea:
    """Return what was refused: torch if the failure names it and the code does not call autograd, else autograd."""
    imports = obs.failure is not None and "torch" in obs.failure.message
    return (
        general.TORCH if imports and not obs.code.calls_any("backward", "grad", "vjp", "jacobian") else general.AUTOGRAD
    )


def _remembers(observations: list[Observation], row: str) -> bool:
    """Return whether each wrong result is the right answer to an earlier question of the same sizes.

    Questions whose sizes are asked for the first time are ignored: an earlier check may have asked for them too. The
    same if only questions are wrong whose arrays held other numbers before, and the results are those of these numbers.
    """
    if all(s.all_right or s.fact("stale") for s in observations):
        return True
    wrong = [(s, _known(s, observations[:i], row)) for i, s in enumerate(observations) if not s.is_right(row)]
    stale = [any(same(s.value(row), array, TOLERANCE["float32"]) for array in known) for s, known in wrong if known]
    return bool(stale) and all(stale)


def _known(obs: Observation, earlier: list[Observation], row: str) -> list[np.ndarray]:
    """Return the right values of a row in earlier questions of the same sizes, or earlier within this question."""
    known = [s.truth[row] for s in earlier if s.option("sizes") == obs.option("sizes") and row in s.truth]
    if row.endswith(" again"):  # computed twice within one question
        known.append(obs.truth.get(row.removesuffix(" again"), np.nan))
    return [np.asarray(array) for array in known]


def _about_a_tuple(observations: list[Observation], row: str | None) -> bool:
    """Return whether the answer is wrong because of a tuple and a trailing comma in the code makes one."""
    commas = observations[0].code.comma_tuples
    if "return" in commas:
        facts = (s.fact(name, "") for s in observations for name in ("class", "model_type", "made", "result_type"))
        got = (r.got for s in observations for r in s.rows if r.name == row and not r.ok)
        if any("tuple" in str(kind) for kind in (*facts, *got)):
            return True
    return any(name != "return" for name in commas) and any(
        s.failure and "tuple" in s.failure.message for s in observations
    )


def _comma(observations: list[Observation]) -> Idea:
    name = observations[0].code.comma_tuples[0]
    if name == "return":
        told = later("There is a comma at the end of the line of `return`: it makes a tuple of what stands before it.")
    elif name:
        told = later(
            "There is a comma at the end of the line that makes `{name}`: it makes a tuple of what stands before it."
        )
    else:
        told = later("There is a comma at the end of a line: it makes a tuple of what stands before it.")
    return replace(general.COMMA, hint=say(told, name=name))


def _kept_global(observations: list[Observation]) -> str:
    """Return a notebook variable holding old arrays that the code reads in every question, or "" if there is none."""
    kept = set.intersection(*(set(s.fact("kept_globals", [])) for s in observations))
    return min(kept, default="")[:80]


def _structural(observations: list[Observation], row: str | None) -> Idea | None:
    """Return the mistake proved by the form of the answer, such as too few results, changed inputs or wrong types."""
    if all(0 < s.fact("n_results", 0) < s.fact("n_wanted", 0) for s in observations):
        kind = str(observations[0].fact("result_type", "")).rpartition(".")[2]
        told = later(
            "One thing came back, a `{kind}`. The results are wanted side by side: `return` lists them with commas."
        )
        return general.TOO_FEW if kind in BARE else replace(general.WRAPPED, hint=say(told, kind=kind))
    results = [r for s in observations for r in s.rows if r.name == row and not r.ok]
    if (
        results
        and all(r.problem == "type" and r.got.startswith("tuple") for r in results)
        and _adds_results(observations)
    ):
        return general.TOO_MANY
    if results and all(r.problem == "none" for r in results):
        return general.RETURNS_NONE
    if row and results and all(r.problem == "shape" for r in results) and _squeezed(observations, row):
        return general.SQUEEZED
    if row == "inputs":
        return general.INPUTS_CHANGED
    if results and all(r.problem == "type" and r.got == "numpy.ndarray" for r in results):
        return general.ARRAY
    if results and all(r.problem in ("type", "numbers") and re.search(_FUNCTION, r.got) for r in results):
        return general.CALL_MISSING
    return None


def _squeezed(observations: list[Observation], row: str) -> bool:
    """Return whether each wrong result has the right numbers and only lacks axes of length 1."""
    for obs in (s for s in observations if not s.is_right(row)):
        got, truth = obs.got(row), np.asarray(obs.truth[row])
        lacking = got.ndim < truth.ndim and [n for n in got.shape if n > 1] == [n for n in truth.shape if n > 1]
        if not lacking or not np.allclose(got.ravel(), truth.ravel(), rtol=10 * tolerance_of(obs.question)):
            return False
    return True


def _adds_results(observations: list[Observation]) -> bool:
    """Return whether one result is asked for and the code returns a tuple of several."""
    returned = [node.value for node in observations[0].code.nodes if isinstance(node, ast.Return)]
    several = any(isinstance(value, ast.Tuple) and len(value.elts) > 1 for value in returned)
    return several and all(s.fact("n_wanted", 1) <= 1 for s in observations)


def _asked_for_one_truth(obs: Observation) -> bool:
    text = obs.message
    return "truth value of an array" in text or "Boolean value of Tensor with more than one" in text


def _axis_lost(obs: Observation) -> bool:
    """Return whether the code squeezes and failed on too few axes in a question with a size of 1."""
    text = obs.message
    lost = "enough dimensions" in text or re.search(r"\b[01]D\b|must be a matrix|not aligned", text) is not None
    return lost and 1 in obs.question.options.get("sizes", {}).values() and obs.code.calls_any("squeeze")


# Python's names for the types of functions and methods.
_FUNCTION = r"\b(builtin_function_or_method|method|method_descriptor|function)\b"


def _method_itself(obs: Observation) -> bool:
    """Return whether an operation was given a function or method instead of the value it returns."""
    text = obs.message
    return re.search(rf"'{_FUNCTION}'|of type method", text) is not None


def _two_precisions_met(obs: Observation) -> bool:
    text = obs.message.lower()
    both = re.search(r"\bfloat\b", text) and re.search(r"\bdouble\b", text) and "dtype" in text
    return bool(both) and _narrows(obs.code)


def _narrows(code: Code) -> bool:
    """Return whether the code may convert float64 to float32. This only makes it possible; the numbers prove it."""
    made = [n for n in code.nodes if isinstance(n, ast.Attribute) and last_name(n.value) == "torch"]
    return (
        contain({*code.names, *code.strings}, NARROW)
        or any(isinstance(call.func, ast.Attribute) and call.func.attr == "float" for call in code.calls)
        or any(n.attr.startswith(DEFAULT) for n in made)
        or contain(code.called, ("Tensor",))
    )


def _fewer_digits(observations: list[Observation]) -> bool:
    """Return whether all errors are in float64 questions, below float32's tolerance, in code that may use float32."""
    wrong = [(s, r) for s in observations for r in s.rows if not r.ok]
    return all(
        s.question.dtype == "float64"
        and r.problem == "value"
        and (r.error or 1.0) < TOLERANCE["float32"]
        and ((value := s.value(r.name)) is not None)
        and (value.dtype == "float32" or _narrows(s.code))
        for s, r in wrong
    )


def _sizes_fixed(observations: list[Observation]) -> bool:
    """Return whether the answers are right at the notebook's own sizes and wrong in shape or scale at all others."""
    original = [s for s in observations if s.question.options.get("original")]
    # with more rows than in the notebook other things go wrong, such as rows that are never reached
    larger = [s for s in observations if s.question.options.get("sizes", {}).get("n", 0) > ROWS]
    others = [s for s in observations if s.decides and s not in (*original, *larger)]
    if not original or not all(s.all_right for s in original):
        return False
    return bool(others) and all(_about_sizes(s) for s in others)


def _about_sizes(obs: Observation) -> bool:
    if obs.failure is not None:
        return re.search(r"shape|size|dimension|broadcast|bounds|match", obs.failure.message) is not None
    return obs.first_wrong is not None and (
        obs.first_wrong.problem == "shape" or _scaled_by_sizes(obs, obs.first_wrong)
    )


def _scaled_by_sizes(obs: Observation, first: RowResult) -> bool:
    """Return whether a value is off by the ratio of the notebook's n·d_out (64·10) to the question's, either way."""
    sizes = obs.question.options.get("sizes", {})
    if not {"n", "d_out"} <= set(sizes):
        return False
    factor = ROWS * 10 / (sizes["n"] * sizes["d_out"])
    value = obs.value(first.name)
    if value is None or first.name not in obs.truth:  # a fact, not a number
        return False
    truth = np.asarray(obs.truth[first.name])
    tolerance = 10 * tolerance_of(obs.question)
    return any(same(value, truth * f, tolerance) for f in (factor, 1 / factor))


def _other_order(exercise: Exercise, observations: list[Observation], row: str | None) -> bool:
    """Return whether the results are right but in another order."""
    names = [row.name for row in exercise.rows if isinstance(row, Quantity) and row.wanted in ("array", "tensor")]
    if row not in names or not 2 <= len(names) <= 5:
        return False
    for order in itertools.permutations(names):
        if list(order) != names and all(_matches(s, names, order) for s in observations):
            return True
    return False


def _matches(obs: Observation, names: list[str], order: tuple[str, ...]) -> bool:
    tolerance = tolerance_of(obs.question)
    return all(
        name in obs.truth and same(obs.value(name), np.asarray(obs.truth[other]), tolerance)
        for name, other in zip(names, order, strict=True)
    )
