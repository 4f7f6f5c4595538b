"""The numbers of the class report: worked out by hand for small classes, and their properties for random ones."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reports.numbers import (
    MIN_STUDENTS,
    Item,
    Return,
    Submission,
    correlation,
    exercise_numbers,
    fifths_of,
    flow_of,
    mistakes_of,
    typical,
    unnamed_of,
)
from course.reports.report import Class, report_on

FORWARD = Item("way1", "forward", "", 4.0, ("h", "h_relu", "y_pred"))
LOSS = Item("way1", "loss_fn", "", 2.0, ("loss",))
LATER = Item("way2", "forward", "", 4.0, ("h", "h_relu", "y_pred"))
POINTS = st.integers(0, 8).map(lambda quarters: quarters / 4)


def submission(student: str, forward: float, loss: float = 2.0, lesson: str = "way1", **more: object) -> Submission:
    outcomes = {"forward": "pass" if forward == 4 else "fail", "loss_fn": "pass" if loss == 2 else "fail"}
    points = {"forward": forward, "loss_fn": loss}
    return Submission(student, lesson, points, **{"status": "graded", "outcomes": outcomes, **more})  # type: ignore[arg-type]


def mistaken(student: str, mistake: str, lesson: str = "way1", quantity: str = "h", line: str = "") -> Submission:
    told = {"forward": {"quantity": quantity, "said": "", "line": line}}
    return submission(student, 1.0, lesson=lesson, mistakes={"forward": mistake} if mistake else {}, wrong=told)


def test_correlation_is_pearsons() -> None:
    assert correlation([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    # deviations -1, 0, 1 and -1, 1, 0: 1 / sqrt(2 * 2)
    assert correlation([1, 2, 3], [1, 3, 2]) == pytest.approx(0.5)
    assert correlation([1, 1, 1], [1, 2, 3]) is None


def test_the_fifths_are_the_means_of_equal_parts_of_the_class_by_the_rest() -> None:
    rest = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert fifths_of([2, 2, 2, 2, 1, 1, 1, 0, 0, 0], rest) == (0, 0.5, 1, 2, 2)


def test_those_who_are_alike_in_the_rest_share_their_mean() -> None:
    assert fifths_of([4, 0, 0, 0, 0, 4, 4, 4, 4, 4], [1] * 5 + [2] * 5) == (0.8, 0.8, 2.4, 4, 4)


@given(st.lists(st.tuples(POINTS, POINTS), min_size=5, max_size=60), st.randoms())
def test_the_fifths_depend_on_no_order_and_keep_to_the_points(pairs: list[tuple[float, float]], random) -> None:
    found = fifths_of(*zip(*pairs, strict=True))
    shuffled = random.sample(pairs, len(pairs))
    assert fifths_of(*zip(*shuffled, strict=True)) == pytest.approx(found)
    points = [own for own, _ in pairs]
    assert all(min(points) - 1e-9 <= f <= max(points) + 1e-9 for f in found)
    if len(pairs) % 5 == 0:
        assert sum(found) / 5 == pytest.approx(sum(points) / len(points))


@given(st.lists(st.tuples(POINTS, POINTS), min_size=2, max_size=60))
def test_a_correlation_lies_within_one_and_turns_with_its_side(pairs: list[tuple[float, float]]) -> None:
    some, others = zip(*pairs, strict=True)
    found = correlation(some, others)
    if found is None:
        assert len(set(some)) == 1 or len(set(others)) == 1
    else:
        assert -1 <= found <= 1
        assert correlation([-s for s in some], others) == pytest.approx(-found)
        assert correlation(others, some) == pytest.approx(found)


def test_the_numbers_of_an_exercise_are_those_of_classical_test_theory() -> None:
    # half earn all 4 points and all of the rest, half 1 and none of it: 5 of 8 and a perfect correlation
    half = MIN_STUDENTS // 2
    graded = [submission(f"a{i}", 4.0) for i in range(half)] + [submission(f"b{i}", 1.0, 0.0) for i in range(half)]
    found = exercise_numbers(FORWARD, [FORWARD, LOSS], [*graded, submission("other", 0.0, lesson="way2")])
    assert (found.n, found.answered, found.full, found.mean, found.facility) == (20, 20, 10, 2.5, 0.625)
    assert found.discrimination == pytest.approx(1)
    assert found.fifths == (0.25, 0.25, 0.625, 1, 1)


@pytest.mark.parametrize(
    ("n", "forward", "loss", "items", "why"),
    [
        (MIN_STUDENTS - 1, 4.0, 2.0, [FORWARD, LOSS], "fewer than 20"),
        (MIN_STUDENTS, 4.0, 2.0, [FORWARD, LOSS], "the same points here"),
        (MIN_STUDENTS, None, 2.0, [FORWARD, LOSS], "the same points in the rest"),
        (MIN_STUDENTS, None, 2.0, [FORWARD], "nothing else"),
    ],
)
def test_where_there_is_no_discrimination_it_says_why(n, forward, loss, items, why) -> None:
    graded = [submission(f"s{i}", float(i % 2) if forward is None else forward, loss) for i in range(n)]
    found = exercise_numbers(FORWARD, items, graded)
    assert found.discrimination is None and why in found.why_not and found.fifths == ()


def test_a_blank_counts_as_0_and_not_as_answered_and_an_unreadable_file_not_at_all() -> None:
    blank = submission("blank", 0.0, outcomes={"forward": "not_attempted"})
    torn = submission("torn", 0.0, status="unreadable")
    found = exercise_numbers(FORWARD, [FORWARD, LOSS], [submission("right", 4.0), blank, torn])
    assert (found.n, found.answered, found.mean) == (2, 1, 2.0)


def test_a_mistake_comes_back_only_for_those_who_handed_in_the_other_lesson() -> None:
    first = [mistaken(name, "no-mask") for name in ("again", "better", "gone")] + [submission("right", 4.0)]
    then = [
        mistaken("again", "no-mask", "way2"),
        mistaken("new", "no-mask", "way2"),
        submission("better", 4.0, 2.0, "way2"),
    ]
    (found,) = mistakes_of([FORWARD, LOSS, LATER], [*first, *then])
    assert (found.mistake, found.n) == ("no-mask", 4)
    assert found.returns == (Return("way1", "way2", 1, 2),)
    here = found.shown[0]
    assert (here.exercise, here.n, here.students) == ("way1.forward", 3, ("again", "better", "gone"))
    assert (here.mean, here.of_class) == (pytest.approx(0.5), pytest.approx((3 * 3 + 6) / 24))  # of 6 points


def test_the_mistake_of_most_students_stands_first() -> None:
    made = [mistaken("a", "no-mask"), mistaken("b", "alias-not-copy"), mistaken("c", "no-mask")]
    assert [m.mistake for m in mistakes_of([FORWARD, LOSS], made)] == ["no-mask", "alias-not-copy"]


def test_the_example_is_what_most_wrote_and_of_several_the_shortest() -> None:
    assert typical(["a = 10", "b = 1", "", "a = 10", "", ""]) == "a = 10"
    assert typical(["long = 1", "s = 1"]) == "s = 1"
    assert typical(["", ""]) == ""


def test_the_flow_says_who_falls_where_and_why() -> None:
    answers = [
        submission("right", 4.0),
        mistaken("a", "no-mask", quantity="h_relu"),
        mistaken("b", "", quantity="h_relu"),
    ]
    answers += [mistaken("c", "no-mask"), mistaken("crashed", "", quantity="")]
    answers.append(submission("blank", 0.0, outcomes={"forward": "not_attempted"}))
    found = flow_of(FORWARD, answers)
    assert (found.n, found.no_result) == (5, 1)
    assert [(s.quantity, s.right, s.wrong) for s in found.steps] == [("h", 3, 1), ("h_relu", 1, 2), ("y_pred", 1, 0)]
    assert found.steps[1].mistakes == {"": 1, "no-mask": 1}


@given(st.lists(st.sampled_from(["h", "h_relu", "y_pred", "inputs", ""]), max_size=30), st.integers(0, 5))
def test_in_a_flow_nobody_is_lost(where: list[str], n_right: int) -> None:
    answers = [mistaken(f"w{i}", "", quantity=quantity) for i, quantity in enumerate(where)]
    found = flow_of(FORWARD, [*answers, *(submission(f"r{i}", 4.0) for i in range(n_right))])
    assert found.n == found.no_result + sum(s.wrong for s in found.steps) + n_right
    assert found.steps[-1].right == n_right


def test_wrong_answers_without_a_name_are_put_together_by_place() -> None:
    wrong = [mistaken("b", "", line="h = 1"), mistaken("a", "", line="h = 0"), mistaken("c", "", quantity="y_pred")]
    found = unnamed_of([FORWARD, LOSS], [*wrong, mistaken("named", "no-mask")])
    assert [(u.quantity, u.n, u.students, u.line) for u in found] == [
        ("h", 2, ("a", "b"), "h = 0"),
        ("y_pred", 1, ("c",), ""),
    ]


def test_who_lacks_two_lessons_or_half_of_the_points_may_need_a_hand() -> None:
    students = ("good", "weak", "gone", "one_left", "also")
    graded = [submission(s, 4.0, lesson=lesson) for s in ("good", "also") for lesson in ("way1", "way2")]
    graded += [submission("weak", 0.0, lesson=lesson) for lesson in ("way1", "way2")] + [submission("one_left", 4.0)]
    found = report_on(Class(students, (FORWARD, LOSS, LATER), tuple(graded)))
    assert [(h.student, h.share and round(h.share, 3)) for h in found.hands] == [("gone", None), ("weak", 0.167)]
    assert found.hands[0].reasons == ("has handed in nothing",)


def test_the_summary_names_how_far_what_and_where_to_look() -> None:
    made = [mistaken(s, "no-mask", lesson) for s in ("a", "b") for lesson in ("way1", "way2")]
    found = report_on(Class(("a", "b", "c"), (FORWARD, LOSS, LATER), tuple(made)))
    far, shared, look = found.summary
    assert far == "The class has come to `way2`: 2 of 3 students handed it in, with a mean of 1.0 of 4 points."
    assert shared == "Most shared: no mask (2 students, most in `way1.forward`; 2 of 2 from `way1` again in `way2`)."
    assert look.startswith("To look at: `way1.forward`, the hardest with 25 % of its points; ")


def test_what_nobody_failed_and_nobody_passed_is_named() -> None:
    found = report_on(Class(("a", "b"), (FORWARD, LOSS), (submission("a", 1.0), submission("b", 0.0))))
    assert (found.nobody_failed, found.nobody_passed) == (("way1.loss_fn",), ("way1.forward",))


def test_an_empty_class_has_a_report() -> None:
    found = report_on(Class((), (FORWARD,), ()))
    assert found.exercises[0].mean is None and not any(math.isnan(lesson.max_points) for lesson in found.lessons)
