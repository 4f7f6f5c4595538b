"""Explanatory drawings: the network, its shapes, the backward pass, the graph, the ReLU, a step that is too long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from course.figures.picture import BLUE, GREY, INK, ORANGE, VERMILION, canvas, drawn, family, show_figure

Point = tuple[float, float]
# The array sizes of the notebooks, which the drawings show.
N, D_IN, D_H, D_OUT = 64, 1000, 100, 10
SHAPES = {"x": (N, D_IN), "w1": (D_IN, D_H), "h": (N, D_H), "h_relu": (N, D_H), "w2": (D_H, D_OUT)}
SHAPES |= {"y_pred": (N, D_OUT), "y": (N, D_OUT)}
FORWARD: dict[str, Any] = {"arrowstyle": "-|>", "color": INK, "linewidth": 1.2, "shrinkA": 2, "shrinkB": 2}
BACK = {**FORWARD, "color": VERMILION, "linewidth": 1.6, "linestyle": "--"}


def network() -> None:
    """Draw the network's units as dots and its weights as lines, fewer than there really are."""
    sizes = drawn("{n} inputs", n=D_IN), drawn("{n} hidden units", n=D_H), drawn("{n} outputs", n=D_OUT)
    layers = list(zip(("x", "h, h_relu", "y_pred"), sizes, (6, 5, 3), strict=True))
    spots = [[(3 * column, row - (n - 1) / 2) for row in range(n)] for column, (_, _, n) in enumerate(layers)]
    figure, (axes,) = canvas(6, 3.4)
    for left, right in zip(spots, spots[1:], strict=False):
        for x0, y0 in left:
            for x1, y1 in right:
                axes.plot([x0, x1], [y0, y1], color="0.8", linewidth=0.8, zorder=1)
    for column, (name, size, _) in enumerate(layers):
        across, up = zip(*spots[column], strict=True)
        axes.scatter(across, up, s=150, color=(BLUE, ORANGE, GREY)[column], zorder=2)
        axes.text(3 * column, 3, name, ha="center", family="monospace")
        axes.text(3 * column, -3.4, size, ha="center")
    for column, name in enumerate(("w1", "w2")):
        axes.text(3 * column + 1.5, 2.6, name, ha="center", family="monospace")
    axes.set(xlim=(-1.2, 7.2), ylim=(-3.7, 3.5))
    axes.axis("off")
    show_figure(
        "The network as dots and lines. On the left a column of dots, the inputs x; in the middle a column of "
        "hidden units, h and h_relu; on the right a column of outputs, y_pred. Each input has a line to each "
        "hidden unit: these are the weights w1. Each hidden unit has a line to each output: the weights w2.",
        figure,
    )


def shapes() -> None:
    """Draw the two matrix products as rectangles whose shared side is marked."""
    figure, (axes,) = canvas(7, 4)
    _product(axes, 1.45, ("x", "w1", "h"))
    _product(axes, -1.15, ("h_relu", "w2", "y_pred"))
    axes.set(xlim=(-0.6, 7.6), ylim=(-1.95, 3.1), aspect="equal")
    axes.axis("off")
    show_figure(
        "Two matrix products as rectangles. Above: x, 64 high and 1000 wide, times w1, 1000 high and 100 wide, "
        "gives h, 64 high and 100 wide. Below: h_relu, 64 by 100, times w2, 100 by 10, gives y_pred, 64 by 10. The"
        " two sides that have to agree, the width of the first and the height of the second, are drawn thick.",
        figure,
        whole=True,
    )


def _product(axes: Axes, middle: float, names: tuple[str, str, str]) -> None:
    left, words = 0.0, ("", drawn("times"), drawn("gives"))
    for place, (name, word) in enumerate(zip(names, words, strict=True)):
        rows, columns = SHAPES[name]
        # so that 10 and 1000 can both be seen; the order of the sizes is right, their ratio is not
        height, width = (0.1 * size**0.47 for size in (rows, columns))
        axes.text(left - 0.9, middle, word, ha="center", va="center")
        low = middle - height / 2
        axes.add_patch(Rectangle((left, low), width, height, facecolor="0.93", edgecolor=INK))
        axes.text(left + width / 2, low - 0.08, name, ha="center", va="top", family="monospace")
        shared: dict[str, Any] = {"color": VERMILION, "linewidth": 4, "solid_capstyle": "butt"}
        if place == 0:
            axes.plot([left, left + width], [low + height] * 2, **shared)
        if place == 1:
            axes.plot([left] * 2, [low, low + height], **shared)
        axes.text(left + width / 2, low + height + 0.08, f"{columns}", ha="center", va="bottom")
        axes.text(left - 0.08, middle, f"{rows}", ha="right", va="center")
        left += width + 1.6


def backward_pass() -> None:
    """Draw the arrays of the forward pass and, below each, its gradient, numbered in the order of computation."""
    figure, (axes,) = canvas(8, 4)
    spots = {"x": (0, 3), "h": (2, 3), "h_relu": (4, 3), "y_pred": (6, 3), "w1": (1, 2), "w2": (5, 2), "y": (8, 3)}
    boxes = {
        name: _box(axes, spot, f"{name}\n{SHAPES[name]}", ORANGE if name in ("w1", "w2") else "0.93")
        for name, spot in spots.items()
    }
    boxes["loss"] = _box(axes, (8, 1.5), drawn("loss\none number"), "white")
    below = {"y_pred": (6, 0), "w2": (5, 1), "h_relu": (4, 0), "h": (2, 0), "w1": (1, 1)}
    for number, (name, spot) in enumerate(below.items(), 1):
        boxes[f"grad_{name}"] = _box(axes, spot, f"{number}  grad_{name}\n{SHAPES[name]}", "#FBE3D5")
    _arrows(axes, boxes, "x h, w1 h, h h_relu, h_relu y_pred, w2 y_pred, y_pred loss, y loss", FORWARD)
    back = "loss y_pred, y_pred w2, y_pred h_relu, h_relu h, h w1"
    _arrows(axes, boxes, re.sub(r"\b(?!loss)(?=\w)", "grad_", back), BACK)
    axes.text(-0.6, 3.6, drawn("forward: solid arrows"))
    axes.text(-0.6, -0.7, drawn("back: dashed arrows, in the order of the numbers"), color=VERMILION)
    axes.set(xlim=(-0.7, 8.7), ylim=(-0.8, 3.8))
    axes.axis("off")
    show_figure(
        "The way forward above, the way back below. Forward, from left to right: x and w1 give h, h gives h_relu, "
        "h_relu and w2 give y_pred, y_pred and y give the loss. Back, from right to left: the loss gives "
        "grad_y_pred, 64 by 10; from it come grad_w2, 100 by 10, and grad_h_relu, 64 by 100; from grad_h_relu "
        "comes grad_h, 64 by 100; from grad_h comes grad_w1, 1000 by 100. Each gradient stands below its array and"
        " has the same shape.",
        figure,
        whole=True,
    )


def graph() -> None:
    """Draw the computation graph, with the gradient flowing back to the weights."""
    figure, (axes,) = canvas(7.6, 3.4)
    spots = {"x": (0, 2.2), "w1": (0, 0.4), "h": (2, 1.3), "h_relu": (4, 1.3), "w2": (4, -0.4), "y_pred": (6, 1)}
    spots |= {"y": (6, 2.4), "loss": (8, 1.4)}
    product, squares = drawn("product"), drawn("squares, sum")
    computed_by = {"h": product, "h_relu": "ReLU", "y_pred": product, "loss": squares}
    boxes = {}
    for name, (across, up) in spots.items():
        boxes[name] = _box(axes, (across, up), name, ORANGE if name in ("w1", "w2") else "0.93")
        axes.text(across, up + 0.42, computed_by.get(name, ""), ha="center", fontsize=8)
    _arrows(axes, boxes, "x h, y loss", FORWARD)
    recorded = "w1 h, h h_relu, h_relu y_pred, w2 y_pred, y_pred loss"
    _arrows(axes, boxes, recorded, {**FORWARD, "connectionstyle": "arc3,rad=-0.12"})
    back = ", ".join(" ".join(reversed(route.split())) for route in recorded.split(", "))
    _arrows(axes, boxes, back, {**BACK, "connectionstyle": "arc3,rad=-0.12"})
    axes.set(xlim=(-0.5, 8.5), ylim=(-0.8, 2.8))
    axes.axis("off")
    show_figure(
        "The computation graph. Solid arrows go forward: x and w1 to h, h to h_relu, h_relu and w2 to y_pred, "
        "y_pred and y to the loss. Dashed arrows go back: from the loss to y_pred, from there to w2 and to h_relu,"
        " then to h and to w1. No dashed arrow goes to x or to y.",
        figure,
        whole=True,
    )


def relu() -> None:
    """Draw the ReLU and its derivative, with the values of the tiny example."""
    figure, (left, right) = canvas(7, 2.7, 2)
    left.plot([-6, 0, 5], [0, 0, 5], color=BLUE, linewidth=2)
    right.plot([-6, 0], [0, 0], color=BLUE, linewidth=2)
    right.plot([0, 5], [1, 1], color=BLUE, linewidth=2)
    right.plot([0, 0], [0, 1], "o", color=BLUE, markerfacecolor="white")
    for h in (-5, 2, 3):
        mark: dict[str, Any] = {"marker": "s" if h < 0 else "D", "color": VERMILION if h < 0 else INK, "zorder": 3}
        left.plot(h, max(h, 0), **mark)
        right.plot(h, float(h > 0), **mark)
    left.text(-5, 0.5, drawn("off"), ha="center")
    left.text(1.4, 2.6, drawn("on"), ha="center")
    right.text(-5, 0.1, drawn("gate shut: 0"), ha="left")
    right.text(2.5, 0.85, drawn("gate open: 1"), ha="center")
    left.set(title=drawn("the ReLU"), xlabel="h", ylabel="h_relu")
    right.set(title=drawn("its derivative"), xlabel="h", yticks=[0, 1], ylim=(-0.15, 1.2))
    show_figure(
        "Two curves over h. The ReLU is flat at 0 where h is negative, and rises with slope 1 where h is positive."
        " Its derivative is 0 where h is negative and 1 where h is positive, with a jump at 0. The values of the "
        "tiny example are marked: -5 is off, its derivative is 0; 2 and 3 are on, their derivative is 1.",
        figure,
    )


def step_too_long() -> None:
    """Plot the loss over one weight, with short steps and with steps that are too long."""
    figure, panels = canvas(7, 2.9, 2)
    weights = np.linspace(-2.4, 2.4, 101)
    # the loss is the weight's square, so a step multiplies the weight by 1 - 2 lr
    short, long = drawn("short steps"), drawn("steps too long")
    for axes, title, factor, start in ((panels[0], short, 0.6, -2.1), (panels[1], long, -1.2, 1.2)):
        visited = [start * factor**step for step in range(4)]
        axes.plot(weights, weights**2, color=BLUE)
        for step, here in enumerate(visited):
            axes.plot(here, here**2, "o", color=INK)
            away = (9 if here > 0 else -9, -3)
            axes.annotate(f"{step}", (here, here**2), away, textcoords="offset points", ha="center")
        for here, there in zip(visited, visited[1:], strict=False):
            axes.annotate("", (there, there**2), (here, here**2), arrowprops=BACK)
        axes.set(title=title, xlabel=drawn("a weight"), ylabel=drawn("loss"), xticks=[], yticks=[], ylim=(-0.4, 6))
    show_figure(
        "The loss over one weight is a valley. On the left, short steps: the points 0, 1, 2, 3 go down one side, "
        "each lower than the one before. On the right, steps that are too long: each lands on the opposite side of"
        " the valley, a little higher than the one before.",
        figure,
    )


def _box(axes: Axes, spot: Point, label: str, colour: str) -> Text:
    box = {"boxstyle": "round,pad=0.35", "facecolor": colour, "edgecolor": "0.4"}
    return axes.text(*spot, label, ha="center", va="center", fontsize=9, family=family("monospace"), bbox=box)


def _arrows(axes: Axes, boxes: Mapping[str, Text], routes: str, style: Mapping[str, Any]) -> None:
    """Draw an arrow, from the edge of one box to that of the other, for each `tail head` in `routes`."""
    for route in routes.split(", "):
        tail, head = (boxes[name] for name in route.split())
        ends = {"patchA": tail.get_bbox_patch(), "patchB": head.get_bbox_patch()}
        # above the boxes, because their patches know their positions only once they are drawn
        axes.annotate("", head.get_position(), tail.get_position(), arrowprops={**style, **ends}, zorder=4)
