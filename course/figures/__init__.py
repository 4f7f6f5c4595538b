"""The figures of the lessons: each function draws one and displays it with alternative text.

No difference is shown by colour alone: curves have markers, arrows have directions, boxes have names. The colours are
from the palette of Okabe and Ito (Color Universal Design, 2008), without its green.
"""

from course.figures.drawings import backward_pass, graph, network, relu, shapes, step_too_long
from course.figures.plots import adam_averages, first_losses, gates, losses, regions, uniform_and_normal

__all__ = [
    "adam_averages",
    "backward_pass",
    "first_losses",
    "gates",
    "graph",
    "losses",
    "network",
    "regions",
    "relu",
    "shapes",
    "step_too_long",
    "uniform_and_normal",
]
