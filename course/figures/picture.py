"""How a picture gets into a notebook, and the colours all of them share."""

from __future__ import annotations

import base64
import io
from html import escape

from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.figure import Figure

BLUE, VERMILION, PURPLE, ORANGE, GREY, INK = "#0072B2", "#D55E00", "#CC79A7", "#E69F00", "#8C8C8C", "#222222"


def canvas(width: float, height: float, n_columns: int = 1) -> tuple[Figure, list[Axes]]:
    """Return an empty figure, of `width` by `height` inches, and its axes from left to right."""
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, list(figure.subplots(1, n_columns, squeeze=False)[0])


def legend_above(axes: Axes, n_columns: int = 2) -> None:
    """Put the legend above the axes, where it covers no data."""
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=n_columns, frameon=False, borderaxespad=0.2)


def show(figure: Figure, text: str) -> None:
    """Display a figure with its alternative text.

    JupyterLab drops the `alt` of a PNG output, so the page it prefers holds an `img` of its own; the PNG is for
    programs that show no HTML of a notebook they do not trust.
    """
    buffer = io.BytesIO()
    # without the version of matplotlib, which would make the notebooks differ from one to the next
    figure.savefig(buffer, format="png", dpi=100, metadata={"Software": None})
    png = base64.b64encode(buffer.getvalue()).decode("ascii")
    page = f'<img alt="{escape(text)}" src="data:image/png;base64,{png}">'
    data = {"image/png": png, "text/html": page, "text/plain": text}
    display(data, metadata={"image/png": {"alt": text}}, raw=True)
