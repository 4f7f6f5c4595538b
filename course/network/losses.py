"""The loss, and how far two arrays of predictions and targets of shape (n, d_out) are apart in general."""

from __future__ import annotations

from collections.abc import Callable

from course.network.tape import Variable

# Of y_pred and y, both (n, d_out), to a variable without axes.
Loss = Callable[[Variable, Variable], Variable]


def sum_of_squares(y_pred: Variable, y: Variable) -> Variable:
    """Return Σ (y_pred − y)², the loss of all six ways."""
    d = y_pred - y
    return (d * d).sum()


def penalised_fourth_powers(y_pred: Variable, y: Variable) -> Variable:
    """Return Σ (y_pred − y)⁴ + Σ y_pred²: a loss that no loop knows by heart, and no symmetric one."""
    d = y_pred - y
    return (d * d * d * d + y_pred * y_pred).sum()


LOSSES: dict[str, Loss] = {"squares": sum_of_squares, "penalised": penalised_fourth_powers}
