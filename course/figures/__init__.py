"""The pictures of the lessons: each function draws one and shows it with a text that says what is to be seen.

A colour never carries a difference alone: curves have marks, arrows have directions, boxes have names. The palette is
that of Okabe and Ito (Color Universal Design, 2008), without its green.
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
