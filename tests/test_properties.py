"""Property tests: the oracles obey the laws of the mathematics, and verdicts obey the tolerances."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course.dataset import SIZES
from course.exercise import TOLERANCE, Exercise
from course.judging import judge
from course.lessons import all_exercises, find, oracle
from course.lessons.custom_module import were_moved
from course.lessons.inputs import Arrays, forward_state
from course.lessons.optimizers import late_draw
from course.runner import Answer, Question, Value, describe

# The same examples every time, so that failures are reproducible. No deadline, because machines are shared.
few = settings(derandomize=True, database=None, deadline=None, max_examples=25)

FORWARD, LOSS, BACKWARD = (find(f"way1_numpy.{name}") for name in ("forward", "loss_fn", "backward"))
TRAIN, LAYER = find("way1_numpy.train"), find("way4_sequential.linear_backward")
GRADIENTS = find("way3_autograd.loss_fn")

seeds = st.integers(0, 2**32 - 1)
factors = st.sampled_from([0.25, 0.5, 2.0, 8.0])  # powers of two: scaling by them is exact
small = st.fixed_dictionaries({name: st.integers(1, 20) for name in ("n", "d_in", "d_h", "d_out")})
sizes_asked = st.one_of(small, st.just(SIZES))


def network(seed: int, sizes: dict[str, int]) -> Arrays:
    rng = np.random.default_rng(seed)
    n, d_in, d_h, d_out = (sizes[k] for k in ("n", "d_in", "d_h", "d_out"))
    shapes = {"x": (n, d_in), "y": (n, d_out), "w1": (d_in, d_h), "w2": (d_h, d_out)}
    return {name: rng.standard_normal(shape) for name, shape in shapes.items()}


def asked(exercise: Exercise, inputs: Arrays, dtype: str = "float64", **options: Any) -> Question:
    return Question(exercise.id, exercise.ask, inputs, {**exercise.options, "dtype": dtype, **options})


def truth(exercise: Exercise, inputs: Arrays, **options: Any) -> Arrays:
    found = exercise.right(asked(exercise, inputs, **options))
    return {name: np.asarray(value) for name, value in found.items()}


def forward(net: Arrays) -> Arrays:
    return truth(FORWARD, {k: net[k] for k in ("x", "w1", "w2")})


def backward(net: Arrays) -> Arrays:
    state = forward_state(net, "float64")
    return truth(BACKWARD, {k: net[k] for k in ("x", "y", "w2")} | state)


def equal(got: np.ndarray, wanted: np.ndarray) -> bool:
    return got.shape == wanted.shape and np.allclose(
        got, wanted, rtol=1e-9, atol=1e-9 * np.max(np.abs(wanted), initial=0)
    )


# ---------------------------------------------------------------- scaling


@few
@given(seeds, small, factors)
def test_scaling_the_data_scales_the_forward_pass(seed: int, sizes: dict[str, int], factor: float) -> None:
    net = network(seed, sizes)
    once, scaled = forward(net), forward({**net, "x": factor * net["x"]})
    assert all(equal(scaled[name], factor * once[name]) for name in ("h", "h_relu", "y_pred"))


@few
@given(seeds, small, factors)
def test_scaling_prediction_and_target_scales_the_loss_by_the_square(
    seed: int, sizes: dict[str, int], factor: float
) -> None:
    net = network(seed, sizes)
    y_pred = forward(net)["y_pred"]
    once = truth(LOSS, {"y_pred": y_pred, "y": net["y"]})["loss"]
    assert equal(truth(LOSS, {"y_pred": factor * y_pred, "y": factor * net["y"]})["loss"], factor**2 * once)


@few
@given(seeds, small, factors)
def test_scaling_the_residual_scales_every_gradient(seed: int, sizes: dict[str, int], factor: float) -> None:
    net = network(seed, sizes)
    y_pred = forward(net)["y_pred"]
    once, scaled = backward(net), backward({**net, "y": y_pred - factor * (y_pred - net["y"])})
    assert all(equal(scaled[row.name], factor * once[row.name]) for row in BACKWARD.rows)


@few
@given(seeds, small)
def test_gradients_of_a_layer_add_up_over_what_arrives(seed: int, sizes: dict[str, int]) -> None:
    rng = np.random.default_rng(seed)
    n, d_in, d_out = sizes["n"], sizes["d_in"], sizes["d_out"]
    inputs = {"x": rng.standard_normal((n, d_in)), "weight": rng.standard_normal((d_out, d_in))}
    one, two = rng.standard_normal((2, n, d_out))
    parts = [truth(LAYER, {**inputs, "grad_out": g}) for g in (one, two, one + two)]
    assert all(equal(parts[0][r.name] + parts[1][r.name], parts[2][r.name]) for r in LAYER.rows)


# ---------------------------------------------------------------- permutation


@few
@given(seeds, small)
def test_the_order_of_the_examples_changes_no_weight_gradient(seed: int, sizes: dict[str, int]) -> None:
    net = network(seed, sizes)
    order = np.random.default_rng(seed).permutation(sizes["n"])
    once, permuted = backward(net), backward({**net, "x": net["x"][order], "y": net["y"][order]})
    assert all(equal(permuted[name], once[name]) for name in ("grad_w1", "grad_w2"))
    assert all(equal(permuted[name], once[name][order]) for name in ("grad_y_pred", "grad_h_relu", "grad_h"))


@few
@given(seeds, small)
def test_the_order_of_the_hidden_units_changes_no_prediction(seed: int, sizes: dict[str, int]) -> None:
    net = network(seed, sizes)
    order = np.random.default_rng(seed).permutation(sizes["d_h"])
    other = {**net, "w1": net["w1"][:, order], "w2": net["w2"][order]}
    assert equal(forward(other)["y_pred"], forward(net)["y_pred"])
    assert equal(backward(other)["grad_w1"], backward(net)["grad_w1"][:, order])
    assert equal(backward(other)["grad_w2"], backward(net)["grad_w2"][order])


# ---------------------------------------------------------------- padding


@few
@given(seeds, small)
def test_an_input_that_is_always_zero_changes_nothing_and_learns_nothing(seed: int, sizes: dict[str, int]) -> None:
    net = network(seed, sizes)
    wider = {
        **net,
        "x": np.pad(net["x"], ((0, 0), (0, 1))),
        "w1": np.pad(net["w1"], ((0, 1), (0, 0)), constant_values=3),
    }
    once, padded = backward(net), backward(wider)
    assert equal(padded["grad_w1"][:-1], once["grad_w1"]) and not padded["grad_w1"][-1].any()
    assert equal(padded["grad_w2"], once["grad_w2"])


@few
@given(seeds, small)
def test_an_example_predicted_perfectly_teaches_nothing(seed: int, sizes: dict[str, int]) -> None:
    net = network(seed, sizes)
    longer = {**net, "x": np.vstack([net["x"], net["x"][:1]])}
    longer["y"] = np.vstack([net["y"], forward(longer)["y_pred"][-1:]])
    once, padded = backward(net), backward(longer)
    assert all(equal(padded[name], once[name]) for name in ("grad_w1", "grad_w2"))


@few
@given(seeds, small)
def test_a_hidden_unit_that_is_never_on_changes_nothing(seed: int, sizes: dict[str, int]) -> None:
    net = network(seed, sizes)
    wider = {**net, "x": np.abs(net["x"]), "w1": np.pad(net["w1"], ((0, 0), (0, 1)), constant_values=-1.0)}
    wider["w2"] = np.pad(net["w2"], ((0, 1), (0, 0)), constant_values=5.0)
    net = {**net, "x": np.abs(net["x"])}
    once, padded = backward(net), backward(wider)
    assert equal(padded["grad_w1"], np.pad(once["grad_w1"], ((0, 0), (0, 1))))
    assert equal(padded["grad_w2"], np.pad(once["grad_w2"], ((0, 1), (0, 0))))


# ---------------------------------------------------------------- agreement


@few
@given(seeds, small)
def test_the_first_losses_of_a_longer_training_are_those_of_a_shorter_one(seed: int, sizes: dict[str, int]) -> None:
    net = network(seed, sizes)
    longer, shorter = (truth(TRAIN, net, lr=1e-6, steps=steps) for steps in (4, 2))
    assert np.array_equal(longer["losses"][:2], shorter["losses"])


@few
@given(seeds)
def test_what_is_asked_for_late_changes_loses_all_patience(seed: int) -> None:
    inputs, options = late_draw(np.random.default_rng(seed), np.random.default_rng())
    losses = oracle.train(Question("way5_optimizer.train", "train_model", inputs, options))["losses"]
    assert np.all(losses[1:] > losses[:-1]) and losses[-1] < 1000 * losses[0]


@few
@given(seeds, small)
def test_the_gradients_by_hand_are_those_of_autograd_and_of_differences(seed: int, sizes: dict[str, int]) -> None:
    net = network(seed, sizes)
    by_hand, by_autograd = backward(net), truth(GRADIENTS, net)
    rng = np.random.default_rng(seed + 1)
    for name in ("w1", "w2"):
        assert equal(by_autograd[f"grad_{name}"], by_hand[f"grad_{name}"])
        towards = rng.standard_normal(net[name].shape)
        towards /= np.linalg.norm(towards)
        # so short that no unit crosses its kink: along this line, the loss is a polynomial of degree 2
        step = 1e-7
        losses = [
            truth(LOSS, {"y_pred": forward({**net, name: net[name] + s * towards})["y_pred"], "y": net["y"]})["loss"]
            for s in (step, -step)
        ]
        slope = (losses[0] - losses[1]) / (2 * step)
        assert abs(slope - np.sum(towards * by_hand[f"grad_{name}"])) <= 1e-4 * (
            1 + np.linalg.norm(by_hand[f"grad_{name}"])
        )


# ---------------------------------------------------------------- judging


def value_of(exercise: Exercise, name: str, array: np.ndarray) -> Value:
    wanted = next(row.wanted for row in exercise.rows if row.name == name)
    return describe(torch.from_numpy(np.array(array)) if "tensor" in wanted else np.array(array))


def answered(exercise: Exercise, question: Question, **instead: np.ndarray) -> Answer:
    """Return the right answer to a question, in the question's dtype, except for the rows in `instead`."""
    right = exercise.right(question)
    arrays = {row.name: np.asarray(right[row.name], dtype=question.dtype) for row in exercise.rows} | instead
    return Answer({name: value_of(exercise, name, array) for name, array in arrays.items()})


def off_by(right: np.ndarray, error: float, seed: int) -> np.ndarray:
    """Return values whose norm-wise relative error is `error`, in a random direction."""
    noise = np.random.default_rng(seed).standard_normal(np.shape(right))
    return np.asarray(right + error * np.linalg.norm(right) * noise / np.linalg.norm(noise))


COMPUTED = (
    "way1_numpy.forward",
    "way1_numpy.loss_fn",
    "way1_numpy.backward",
    "way2_tensors.backward",
    "way2_tensors.forward",
)


def question_of(exercise: Exercise, seed: int, sizes: dict[str, int], dtype: str) -> Question:
    net = network(seed, sizes)
    net["w1"] = np.abs(net["w1"])  # else a single unit may be off for all observations; then a row is all zero
    net["x"][0] = np.abs(net["x"][0])
    state = forward_state(net, dtype)
    needed = exercise.cases[0].draw(np.random.default_rng(0), np.random.default_rng(0))[0]
    return asked(exercise, {name: (net | state)[name] for name in needed}, dtype, sizes=sizes)


@pytest.mark.parametrize(
    "name", ["way1_numpy.train", "way3_autograd.train", "way4_sequential.train", "way5_optimizer.train"]
)
def test_the_last_of_many_steps_still_change_the_loss(name: str) -> None:
    """This makes a schedule that begins there wrong for every draw."""
    for seed in range(1000, 1020):
        (late,) = (q for q in find(name).questions(seed) if q.options.get("late"))
        losses = find(name).right(late)["losses"]
        assert abs(losses[-1] - losses[100]) > 1e-3 * abs(losses[100])


@pytest.mark.parametrize(
    "name", ["way1_numpy.forward", "way1_numpy.backward", "way2_tensors.forward", "way6_module.ReLU"]
)
def test_hidden_values_go_beyond_any_ceiling_whatever_is_drawn(name: str) -> None:
    for seed in range(1000, 1020):
        asked = find(name).questions(seed)
        largest = max(float(np.max({**find(name).right(q), **q.inputs}["h"])) for q in asked)
        assert largest > 200


@pytest.mark.parametrize("exercise_id", COMPUTED)
@few
@given(seeds, sizes_asked, st.sampled_from(["float64", "float32"]), st.floats(0, 0.5))
def test_what_is_within_rounding_of_the_truth_passes(
    exercise_id: str, seed: int, sizes: dict[str, int], dtype: str, part: float
) -> None:
    exercise = find(exercise_id)
    question = question_of(exercise, seed, sizes, dtype)
    assert judge(exercise, [question], [answered(exercise, question)]).passed
    right = exercise.right(question)
    rounded = {
        row.name: off_by(right[row.name], part * TOLERANCE[dtype], seed).astype("float64") for row in exercise.rows
    }
    assert judge(exercise, [question], [answered(exercise, question, **rounded)]).passed


@pytest.mark.parametrize("exercise_id", COMPUTED)
@few
@given(st.data(), seeds, sizes_asked, st.sampled_from(["float64", "float32"]), st.floats(2, 9))
def test_what_is_a_hundred_tolerances_off_fails_in_its_row(
    exercise_id: str, data: st.DataObject, seed: int, sizes: dict[str, int], dtype: str, exponent: float
) -> None:
    exercise = find(exercise_id)
    row = data.draw(st.sampled_from([row.name for row in exercise.rows]))
    question = question_of(exercise, seed, sizes, dtype)
    right = np.asarray(exercise.right(question)[row])
    wrong = off_by(right, 10**exponent * TOLERANCE[dtype], seed)
    verdict = judge(exercise, [question], [answered(exercise, question, **{row: wrong})])
    assert verdict.outcome == "fail"
    assert verdict.first_wrong is not None and verdict.first_wrong.name == row


@few
@given(st.data(), seeds)
def test_a_single_entry_that_is_not_finite_fails(data: st.DataObject, seed: int) -> None:
    exercise = BACKWARD
    question = exercise.questions(seed)[0]
    row = data.draw(st.sampled_from([row.name for row in exercise.rows]))
    wrong = np.array(exercise.right(question)[row])
    wrong.flat[seed % wrong.size] = data.draw(st.sampled_from([np.nan, np.inf, -np.inf]))
    verdict = judge(exercise, [question], [answered(exercise, question, **{row: wrong})])
    assert verdict.first_wrong is not None and verdict.first_wrong.problem == "finite"


@few
@given(st.data(), seeds)
def test_a_shape_that_only_broadcasts_fails(data: st.DataObject, seed: int) -> None:
    exercise = BACKWARD
    question = exercise.questions(seed)[0]
    row = data.draw(st.sampled_from([row.name for row in exercise.rows]))
    right = np.array(exercise.right(question)[row])
    verdict = judge(exercise, [question], [answered(exercise, question, **{row: right[None]})])
    assert verdict.first_wrong is not None and verdict.first_wrong.problem == "shape"


@pytest.mark.parametrize("exercise_id", [e.id for e in all_exercises()])
def test_the_same_seed_asks_the_same_and_another_seed_asks_otherwise(exercise_id: str) -> None:
    exercise = find(exercise_id)
    one, same, other = (exercise.questions(seed) for seed in (1, 1, 2))

    def numbers(questions: list[Question]) -> list[Any]:
        return [([a.tolist() for a in q.inputs.values()], q.options) for q in questions]

    assert numbers(one) == numbers(same)
    assert numbers(one) != numbers(other)


@pytest.mark.parametrize("size", [8, 9, 20, 1000])
def test_a_parameter_that_started_at_zero_and_was_moved_is_never_taken_for_a_forgery(size: int) -> None:
    moved = 0.3 * np.random.default_rng(0).standard_normal((20_000 if size < 100 else 200, size))
    assert all(were_moved([parameter]) for parameter in moved)
    assert not were_moved([np.zeros(size)])
