"""Loss functions of predictions and targets, both of shape (n, d_out)."""

from __future__ import annotations

from collections.abc import Callable

from course.network.tape import Variable

# From y_pred and y, both (n, d_out), to a scalar variable.
Loss = Callable[[Variable, Variable], Variable]


def sum_of_squares(y_pred: Variable, y: Variable) -> Variable:
    """Return Σ (y_pred − y)², the loss of all six ways."""
    d = y_pred - y
    return (d * d).sum()


def sum_of_fourth_powers(y_pred: Variable, y: Variable) -> Variable:
    """Return Σ (y_pred − y)⁴, a loss that a training loop will not have hard-coded."""
    d = y_pred - y
    return (d * d * d * d).sum()


LOSSES: dict[str, Loss] = {"squares": sum_of_squares, "fourth_powers": sum_of_fourth_powers}
