"""Display figures in a notebook, with the colours and typefaces that they share."""

from __future__ import annotations

import base64
import contextlib
import io
import warnings
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from IPython.display import display
from matplotlib import font_manager, rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.language import LANGUAGES, language, say, using

BLUE, VERMILION, PURPLE, ORANGE, GREY, INK = "#0072B2", "#D55E00", "#CC79A7", "#E69F00", "#8C8C8C", "#222222"


# Typefaces with Han characters that systems ship, and the prefixes of their file names. Of a Noto font collection,
# Matplotlib knows only the first typeface, which is JP and has the same characters.
HAN = {
    "Noto Sans CJK SC": "notosanscjk",
    "Microsoft YaHei": "msyh",
    "PingFang SC": "pingfang",
    "Hiragino Sans GB": "hiragino sans gb",
    "WenQuanYi Zen Hei": "wqy-zenhei",
    "Noto Sans CJK JP": "notosanscjk",
}


@cache
def _han() -> list[str]:
    """Return the first of these typefaces that is on this machine, in a list; [] if none is."""
    known = font_manager.fontManager
    if HAN.keys().isdisjoint(font.name for font in known.ttflist):  # one may have been installed since
        for path in font_manager.findSystemFonts():
            if Path(path).name.lower().startswith(tuple(HAN.values())):
                with contextlib.suppress(RuntimeError, OSError):  # a damaged file
                    known.addfont(path)
    names = {font.name for font in known.ttflist}
    return [name for name in HAN if name in names][:1]


def family(usual: str) -> list[str]:
    """Return a font family and, if the language is not English, a fallback with the characters it lacks."""
    return [usual, *(_han() if language() != LANGUAGES[0] else [])]


def language_drawn() -> str:
    """Return the language of text in figures: English if no typeface has the characters of the current language."""
    return language() if _han() else LANGUAGES[0]


def drawn(template: str, /, **fields: Any) -> str:
    """Return a message in the language of text in figures."""
    with using(language_drawn()):
        return say(template, **fields)


def name_of_curve(name: str, number: int) -> str:
    """Return a notebook's own label for a curve or panel, or its number if no typeface has its characters."""
    return name if name.isascii() or _han() else f"({number})"


def canvas(width: float, height: float, n_columns: int = 1) -> tuple[Figure, list[Axes]]:
    """Return an empty figure, of `width` by `height` inches, and its axes from left to right."""
    if language() != LANGUAGES[0]:  # for ticks, which are created late, and for students' own plots
        rcParams["font.family"] = family("sans-serif")
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, list(figure.subplots(1, n_columns, squeeze=False)[0])


def legend_above(axes: Axes, n_columns: int = 2) -> None:
    """Put the legend above the axes, where it covers no data."""
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=n_columns, frameon=False, borderaxespad=0.2)


def show_figure(text: str, figure: Figure, /, *, whole: bool = False, **fields: Any) -> None:
    """Display a figure with its alternative text, which is a template for `say`, with its fields.

    whole: whether JupyterLab scrolls it on a narrow page instead of shrinking it until its text cannot be read.

    JupyterLab drops the `alt` of a PNG output, so the HTML that it prefers holds its own `img`; the PNG is for programs
    that show no HTML of an untrusted notebook.
    """
    buffer, text = io.BytesIO(), say(text, **fields)
    # without Matplotlib's version, which would make notebooks differ between versions
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")
        figure.savefig(buffer, format="png", dpi=100, metadata={"Software": None})
    png = base64.b64encode(buffer.getvalue()).decode("ascii")
    size = ' class="jp-mod-unconfined"' if whole else ""
    page = f'<img alt="{escape(text)}"{size} src="data:image/png;base64,{png}">'
    data = {"image/png": png, "text/html": page, "text/plain": text}
    display(data, metadata={"image/png": {"alt": text}}, raw=True)
