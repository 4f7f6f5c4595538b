"""A lesson small enough to be built in a second: two blanks, a figure and a question in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Exercise:
    name: str
    points: float
    section: str


EXERCISES = (Exercise("double", 12, "Twice"), Exercise("area", 8.0, "How large"))

TEXT = '''\
# %% [markdown] role="prose" name="opening"
# # A tiny lesson
# It has two blanks.

# %% role="setup" name="setup"
class Check:
    def also(self, seed):
        self.seed = seed

    def __call__(self, name):
        solution = globals()[name]
        if name == "double" and solution(21) != 42:
            raise AssertionError("not twice as much")
        if name == "area" and solution(6, 7) != 42:
            raise AssertionError("not the area")
        print(name, "is right")


check = Check()

# %% [markdown] role="prose" name="twice"
# ## Twice
# A number goes in, twice the number comes out.

# %% role="exercise" name="double"
def double(number):
    """Return twice the number."""
    ### BEGIN SOLUTION
    doubled_number = number + number
    return doubled_number
    ### END SOLUTION

# %% role="check" name="check_double"
### BEGIN HIDDEN TESTS
check.also(seed=10203)
### END HIDDEN TESTS
check("double")

# %% [markdown] role="prose" name="how_large"
# ## How large
# Two sides go in.

# %% role="exercise" name="area"
def area(width, height):
    """Return the area of a rectangle."""
    ### BEGIN SOLUTION
    return width * height  # of a rectangle
    ### END SOLUTION

# %% role="check" name="check_area"
### BEGIN HIDDEN TESTS
check.also(seed=40506)
### END HIDDEN TESTS
check("area")

# %% role="demonstration" name="show"
import sys

import matplotlib.pyplot as plt

print("one")
sys.stdout.flush()
print("two")
plt.figure(figsize=(2, 1))
plt.plot([1, 2, 4])
plt.show()

# %% [markdown] role="prose" name="question"
# ## In your own words
# Why is the area a product?

# %% [markdown] role="written" name="explain"
# **Your answer**
#
# ### BEGIN SOLUTION
# Because each row holds as many squares as the others.
# ### END SOLUTION
# ### BEGIN MARK SCHEME
# 5 points: rows and columns are named.
# ### END MARK SCHEME
'''


def course_in(folder: Path, text: str = TEXT, name: str = "tiny") -> Path:
    lessons = folder / "lessons"
    lessons.mkdir(parents=True, exist_ok=True)
    (lessons / f"{name}.py").write_text(text, encoding="utf-8")
    return folder
