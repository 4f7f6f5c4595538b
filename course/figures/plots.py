"""Plots of numbers: losses, gates, averages and the decision regions of a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from course.figures.picture import (
    BLUE,
    GREY,
    INK,
    PURPLE,
    VERMILION,
    canvas,
    drawn,
    language_drawn,
    legend_above,
    name_of_curve,
    show_figure,
)
from course.language import in_words, listed, paragraph, say, using

Noted = Mapping[int, float]
# Losses by step as the lessons print them, for the figures of later lessons.
EARLIER: dict[str, Noted] = {
    "ways 1 to 3": {0: 3.152e7, 10: 1.282e6, 20: 2.013e5, 50: 10029, 100: 308.7}
    | {200: 0.982, 300: 0.0059, 400: 4.9e-5, 499: 4.85e-7},
    "way 4": {0: 645.3, 10: 345.1, 20: 196.8, 50: 31.85, 100: 2.31}
    | {200: 0.033, 300: 0.001084, 400: 7.4e-5, 499: 7.4e-6},
    "way 5": {0: 645.3, 10: 499.6, 20: 388.4, 50: 183.6, 100: 38.25}
    | {200: 0.382, 300: 0.00205, 400: 1.85e-5, 499: 1.53e-7},
}
# The first losses printed by the notebook on which the course is based.
ORIGINAL = {"ways 1 to 3": (30530526.1, 29053692.0, 36386432.0), "ways 4 to 6": (644.19, 614.88, 699.82)}
STYLES = ((BLUE, "o", "-"), (VERMILION, "s", "--"), (PURPLE, "^", "-."), (INK, "D", ":"))


def losses(curves: Mapping[str, Sequence[float] | Noted], beside: Mapping[str, str] | None = None) -> None:
    """Plot losses over the steps, on a logarithmic axis.

    curves: by label, a loss for each step, or some of them by step. beside: by key of EARLIER, the label of a curve of
    an earlier lesson; these are drawn as black markers without a line.
    """
    figure, (axes,) = canvas(5.4, 3.5)
    told = []
    for number, (label, values) in enumerate(curves.items()):
        colour, mark, line = STYLES[number % len(STYLES)]
        by_step = dict(values) if isinstance(values, Mapping) else dict(enumerate(values))
        every = max(1, len(by_step) // 10) if by_step.keys() >= set(range(20)) else 1
        style: dict[str, Any] = {
            "color": colour,
            "marker": mark,
            "linestyle": line,
            "markersize": 5,
            "markevery": every,
        }
        axes.semilogy(list(by_step), list(by_step.values()), label=name_of_curve(label, number + 1), **style)
        told.append(_told(label, by_step))
    for number, (name, label) in enumerate((beside or {}).items()):
        mark = "os^"[number % 3]
        style = {"color": INK, "marker": mark, "linestyle": "", "markersize": 7, "markerfacecolor": "none"}
        axes.semilogy(
            list(EARLIER[name]),
            list(EARLIER[name].values()),
            label=name_of_curve(label, len(curves) + number + 1),
            **style,
        )
        told.append(_told(label, EARLIER[name]))
    axes.set(xlabel=drawn("step"), ylabel=drawn("loss"))
    legend_above(axes)
    whole = paragraph(say("The loss over the steps, on a logarithmic axis."), *told)
    show_figure(whole, figure)


def _told(label: str, by_step: Noted) -> str:
    first, last = min(by_step, default=0), max(by_step, default=0)
    middle = sorted(by_step)[len(by_step) // 2] if by_step else 0
    steps = (step for step in dict.fromkeys((first, middle, last)) if step in by_step)
    said = listed(say("{loss} at step {step}", loss=_said(by_step[step]), step=step) for step in steps)
    return say("{label}: {losses}.", label=label, losses=said)


def _said(number: float | np.floating) -> str:
    """Round a number for a text: more digits could differ with the order in which a processor adds."""
    if number >= 1e6:
        return in_words(round(float(number), -6))
    digits = 2 if number >= 100 else 1
    return f"{float(f'{number:.{digits}g}'):,g}" if number >= 0.01 else f"{number:.0e}"


def _tick(loss: float, _: float) -> str:
    with using(language_drawn()):
        return in_words(loss) if loss > 1e6 else f"{loss:g}"


def first_losses(others: Sequence[float], yours: float, original: str, predicted: float | None = None) -> None:
    """Plot a histogram of the first losses of other draws, and mark yours, the predicted one and the original's.

    original: a key of ORIGINAL.
    """
    figure, (axes,) = canvas(5.4, 3.2)
    axes.hist(others, 20, color="0.85", edgecolor="0.6", label=drawn("{n} other draws", n=len(others)))
    axes.axvline(yours, color=BLUE, linewidth=2, label=drawn("yours"))
    if predicted is not None:
        axes.axvline(predicted, color=VERMILION, linestyle="--", linewidth=2, label=drawn("worked out on paper"))
    axes.plot(ORIGINAL[original], [0.4] * 3, "^", color=INK, markersize=8, label=drawn("the original"))
    axes.set(xlabel=drawn("first loss"), ylabel=drawn("how many of {n}", n=len(others)))
    axes.xaxis.set_major_formatter(_tick)
    legend_above(axes)
    show_figure(
        "Histogram of the first losses of {n} other draws: most lie near {mean}, and two thirds within {deviation} "
        "of it. Yours is the line at {yours}. The original's, the triangles on the axis, lie among them.",
        figure,
        n=len(others),
        mean=_said(np.mean(others)),
        deviation=_said(np.std(others)),
        yours=_said(yours),
    )


def uniform_and_normal() -> None:
    """Plot histograms of 20,000 uniform and 20,000 standard normal numbers."""
    figure, (axes,) = canvas(5.4, 3.2)
    rng, bins = np.random.default_rng(1), np.linspace(-4, 4, 65).tolist()
    axes.hist(rng.random(20_000), bins, color=GREY, alpha=0.8, label=drawn("rand: uniform from 0 to 1"))
    normal: dict[str, Any] = {"histtype": "step", "color": BLUE, "linewidth": 2}
    normal["label"] = drawn("randn: standard normal")
    axes.hist(rng.standard_normal(20_000), bins, **normal)
    axes.set(xlabel=drawn("value"), ylabel=drawn("how many of {n}", n="20,000"))
    legend_above(axes, 1)
    show_figure(
        "Two histograms of 20,000 numbers each. rand: a block from 0 to 1, flat on top, nothing below 0. randn: a "
        "bell around 0, from about -3 to 3, half of it below 0.",
        figure,
    )


def gates(gradients: Mapping[str, np.ndarray]) -> None:
    """Show, for a few examples and hidden units, where each gradient passed the gate, that is, where it is not 0."""
    figure, panels = canvas(5.4, 2.4, len(gradients))
    for number, (axes, (title, gradient)) in enumerate(zip(panels, gradients.items(), strict=True)):
        axes.imshow(np.asarray(gradient)[:16, :24] != 0, cmap="Greys", vmin=0, vmax=1.4)
        axes.set(title=name_of_curve(title, number + 1), xlabel=drawn("hidden unit"), xticks=[], yticks=[])
    panels[0].set_ylabel(drawn("example"))
    first, *others = (np.asarray(gradient) != 0 for gradient in gradients.values())
    shares = (say("{share:.0%} of all entries are the same in both.", share=np.mean(first == x)) for x in others)
    told = say(
        "Grids of 16 examples by 24 hidden units, one for {names}; a dark field is an open gate. Each grid is about "
        "half dark, and the patterns differ.",
        names=say(" and one for ").join(gradients),
    )
    show_figure(paragraph(told, *shares), figure)


def adam_averages(m: Sequence[float], v: Sequence[float]) -> None:
    """Plot Adam's two moving averages of a gradient that is always 1."""
    figure, (axes,) = canvas(5.4, 3.2)
    steps = np.arange(1, len(m) + 1)
    for name, values, (colour, mark, line) in zip("mv", (m, v), STYLES, strict=False):
        axes.plot(steps, values, color=colour, marker=mark, linestyle=line, markevery=6, label=name)
    axes.axhline(1, color=INK, linestyle=":", label=drawn("the true average"))
    axes.set(xlabel=drawn("t, number of steps"))
    legend_above(axes, 3)
    show_figure(
        "m and v over {n} steps, and a line at 1, the true average. m starts at {first:.1g}, rises quickly and "
        "reaches {m:.2f}. v stays near the bottom: after {n} steps it is {v:.2f}.",
        figure,
        n=len(m),
        first=m[0],
        m=m[-1],
        v=v[-1],
    )


def regions(models: Mapping[str, Any], points: Any, classes: Any) -> None:
    """Plot the class that each model predicts at every point of the plane, and the training points.

    models: by title, torch modules from (n, 2) to (n, 1), the sign of whose output is the class. points (n, 2) and
    classes (n, 1), 1 or -1: tensors.
    """
    import torch  # the first lesson runs without it

    at, side = np.asarray(points), np.asarray(classes)[:, 0]
    span = np.linspace(at.min() - 0.3, at.max() + 0.3, 150)
    across, up = np.meshgrid(span, span)
    plane = torch.tensor(np.stack([across.ravel(), up.ravel()], axis=1), dtype=points.dtype)
    figure, panels = canvas(1.9 * len(models), 1.75, len(models))
    for number, (axes, (title, model)) in enumerate(zip(panels, models.items(), strict=True)):
        with torch.no_grad():
            answer = model(plane).numpy().reshape(across.shape)
        axes.contourf(across, up, answer > 0, levels=[-0.5, 0.5, 1.5], colors=["#F7E0D3", "#D6E6F2"])
        axes.contour(across, up, answer, levels=[0], colors=INK, linewidths=1.5)
        axes.plot(*at[side < 0].T, "s", color=VERMILION, markersize=4)
        axes.plot(*at[side > 0].T, "o", color=BLUE, markersize=4)
        low, high = at.min(axis=0) - 0.3, at.max(axis=0) + 0.3
        axes.set(title=name_of_curve(title, number + 1), xticks=[], yticks=[], aspect="equal")
        axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    show_figure(
        "The plane with two interlocking half-moons of points, squares and circles, once for each network: "
        "{names}. A line divides the plane into the part where the network says square and the part where it says "
        "circle. With few hidden units the line is nearly straight and cuts through both moons; with more it bends "
        "between them.",
        figure,
        names=listed(models),
    )
