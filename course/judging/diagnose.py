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
from course.language import later, say
from course.runner import Code
from course.runner.syntax import contain, last_name

# The notebooks' names for the sizes: who reads them has sizes written in.
SIZES = ("N", "D_IN", "D_H", "D_OUT")
ROWS = 64
# Where some results did come back.
ONE_IS_NONE = later("One of your results is empty. Which line should have made it?")
# One result alone, or too few of them in a row; anything else holds them in another way than side by side.
BARE = ("", "ndarray", "matrix", "Tensor", "Parameter", "bool", "int", "float", "float32", "float64")
# Names that make float32 out of float64.
NARROW = ("float32", "float16", "single", "half")
# Functions of torch that make tensors of the default type, float32, where they are not told another.
DEFAULT = ("empty", "zeros", "ones", "full", "tensor", "eye", "rand")


def diagnose(exercise: Exercise, observations: list[Observation], row: str | None) -> Idea | None:
    """Return the named mistake; of a hint with a name in it, what it says in the current language.

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
    """Name what is refused: torch, where nothing says that its autograd was wanted, else autograd."""
    imports = obs.failure is not None and "torch" in obs.failure.message
    return (
        general.TORCH if imports and not obs.code.calls_any("backward", "grad", "vjp", "jacobian") else general.AUTOGRAD
    )


def _remembers(observations: list[Observation], row: str) -> bool:
    """Tell whether each wrong result is what was right for an earlier question of the same sizes.

    Of sizes that were asked for the first time nothing is known: an earlier check may have asked for them too.
    """
    wrong = [(s, _known(s, observations[:i], row)) for i, s in enumerate(observations) if not s.is_right(row)]
    stale = [any(same(s.value(row), array, TOLERANCE["float32"]) for array in known) for s, known in wrong if known]
    return bool(stale) and all(stale)


def _known(obs: Observation, earlier: list[Observation], row: str) -> list[np.ndarray]:
    """Return what was right for a row where it was asked before, in the same sizes."""
    known = [s.truth[row] for s in earlier if s.option("sizes") == obs.option("sizes") and row in s.truth]
    if row.endswith(" again"):  # asked twice within one question
        known.append(obs.truth.get(row.removesuffix(" again"), np.nan))
    return [np.asarray(array) for array in known]


def _about_a_tuple(observations: list[Observation], row: str | None) -> bool:
    """Tell whether it is a tuple that went wrong, where a comma at the end of a line makes one."""
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
    """Return the variable with arrays from before that the code reads whatever it is asked, "" if there is none."""
    kept = set.intersection(*(set(s.fact("kept_globals", [])) for s in observations))
    return min(kept, default="")[:80]


def _structural(observations: list[Observation], row: str | None) -> Idea | None:
    """Recognise what the form of an answer proves: too little returned, inputs changed, arrays for tensors."""
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
    """Tell whether what is wrong has the right numbers, and lacks axes of length 1."""
    for obs in (s for s in observations if not s.is_right(row)):
        got, truth = obs.got(row), np.asarray(obs.truth[row])
        lacking = got.ndim < truth.ndim and [n for n in got.shape if n > 1] == [n for n in truth.shape if n > 1]
        if not lacking or not np.allclose(got.ravel(), truth.ravel(), rtol=10 * tolerance_of(obs.question)):
            return False
    return True


def _adds_results(observations: list[Observation]) -> bool:
    """Tell whether one result is asked for, and the text returns several side by side."""
    returned = [node.value for node in observations[0].code.nodes if isinstance(node, ast.Return)]
    several = any(isinstance(value, ast.Tuple) and len(value.elts) > 1 for value in returned)
    return several and all(s.fact("n_wanted", 1) <= 1 for s in observations)


def _asked_for_one_truth(obs: Observation) -> bool:
    text = obs.failure.message if obs.failure else ""
    return "truth value of an array" in text or "Boolean value of Tensor with more than one" in text


def _axis_lost(obs: Observation) -> bool:
    """Tell whether something has too few axes where there is one of everything, and the text squeezes."""
    text = obs.failure.message if obs.failure else ""
    lost = "enough dimensions" in text or re.search(r"\b[01]D\b|must be a matrix|not aligned", text) is not None
    return lost and 1 in obs.question.options.get("sizes", {}).values() and obs.code.calls_any("squeeze")


# As Python calls the types of functions and methods.
_FUNCTION = r"\b(builtin_function_or_method|method|method_descriptor|function)\b"


def _method_itself(obs: Observation) -> bool:
    """Tell whether a function or method met an operation that wants what it returns."""
    text = obs.failure.message if obs.failure else ""
    return re.search(rf"'{_FUNCTION}'|of type method", text) is not None


def _two_precisions_met(obs: Observation) -> bool:
    text = obs.failure.message.lower() if obs.failure else ""
    both = re.search(r"\bfloat\b", text) and re.search(r"\bdouble\b", text) and "dtype" in text
    return bool(both) and _narrows(obs.code)


def _narrows(code: Code) -> bool:
    """Tell whether the code can make float32 out of float64: the numbers prove it, this only that it may be so."""
    made = [n for n in code.nodes if isinstance(n, ast.Attribute) and last_name(n.value) == "torch"]
    return (
        contain({*code.names, *code.strings}, NARROW)
        or any(isinstance(call.func, ast.Attribute) and call.func.attr == "float" for call in code.calls)
        or any(n.attr.startswith(DEFAULT) for n in made)
        or contain(code.called, ("Tensor",))
    )


def _fewer_digits(observations: list[Observation]) -> bool:
    """Tell whether float32 questions are answered right, and float64 ones as if they had been asked in float32."""
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
    """Right at the notebook's own sizes; at others the shapes, or an exception about shapes, are wrong."""
    original = [s for s in observations if s.question.options.get("original")]
    # with more rows than in the notebook other things go wrong: rows that are not met
    larger = [s for s in observations if s.question.options.get("sizes", {}).get("n", 0) > ROWS]
    others = [s for s in observations if s.decides and s not in (*original, *larger)]
    if not original or not all(s.all_right for s in original):
        return False
    return bool(others) and all(_about_sizes(s) for s in others)


def _about_sizes(obs: Observation) -> bool:
    if obs.failure is not None:
        return re.search(r"shape|size|dimension|broadcast|bounds|match", obs.failure.message) is not None
    wrong = [r for r in obs.rows if not r.ok]
    return bool(wrong) and (wrong[0].problem == "shape" or _scaled_by_sizes(obs))


def _scaled_by_sizes(obs: Observation) -> bool:
    """Tell whether a value is off by a ratio of a size written in and the size given, such as 64·10 to n·d_out."""
    first = next(r.name for r in obs.rows if not r.ok)
    sizes = obs.question.options.get("sizes", {})
    if not {"n", "d_out"} <= set(sizes):
        return False
    factor = ROWS * 10 / (sizes["n"] * sizes["d_out"])
    value = obs.value(first)
    if value is None or first not in obs.truth:  # a fact, not a number
        return False
    truth = np.asarray(obs.truth[first])
    tolerance = 10 * tolerance_of(obs.question)
    return any(same(value, truth * f, tolerance) for f in (factor, 1 / factor))


def _other_order(exercise: Exercise, observations: list[Observation], row: str | None) -> bool:
    """Tell whether the results are the right ones under a permutation of their names."""
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
