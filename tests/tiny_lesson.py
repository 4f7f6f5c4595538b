"""A lesson small enough to build in a second: two blanks, a figure and a question with a written answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from course.building.lesson import lesson_of


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


# The same lesson in Chinese: only the translated cells, without digests of the English. Other cells are not repeated.
CHINESE = '''\
# %% [markdown] role="prose" name="opening"
# # 小小的一课
# 这里有两个填空。

# %% role="setup" name="setup"
class Check:
    def also(self, seed):
        self.seed = seed

    def __call__(self, name):
        solution = globals()[name]
        if name == "double" and solution(21) != 42:
            raise AssertionError("不是两倍")
        if name == "area" and solution(6, 7) != 42:
            raise AssertionError("不是面积")
        print(name, "对了")


check = Check()

# %% [markdown] role="prose" name="twice"
# ## 两倍
# 输入一个数，得出它的两倍。

# %% role="exercise" name="double"
def double(number):
    """返回这个数的两倍。"""
    ### BEGIN SOLUTION
    doubled_number = number + number
    return doubled_number
    ### END SOLUTION

# %% [markdown] role="prose" name="how_large"
# ## 多大
# 输入两条边。

# %% role="exercise" name="area"
def area(width, height):
    """返回长方形的面积。"""
    ### BEGIN SOLUTION
    return width * height  # 长方形的
    ### END SOLUTION

# %% [markdown] role="prose" name="question"
# ## 用你自己的话
# 面积为什么是乘积？

# %% [markdown] role="written" name="explain"
# **你的回答**
#
# ### BEGIN SOLUTION
# 因为每一行里的小方格一样多。
# ### END SOLUTION
# ### BEGIN MARK SCHEME
# 5分：说到行和列。
# ### END MARK SCHEME
'''
# The names of the sections in messages.
SECTIONS = {"Twice": "两倍", "How large": "多大"}


def with_digests(chinese: str, english: str = TEXT) -> str:
    """Return a translation whose cells carry the digests of the current English cells."""
    digests = {cell.name: cell.digest for cell in lesson_of(english, "tiny").cells}
    return re.sub(r'(?m)^(# %%.* name="(\w+)")$', lambda m: f'{m[1]} of="{digests.get(m[2], "0" * 8)}"', chinese)


def course_in(folder: Path, text: str = TEXT, name: str = "tiny", language: str = "") -> Path:
    lessons = folder / "lessons" / language
    lessons.mkdir(parents=True, exist_ok=True)
    (lessons / f"{name}.py").write_text(text, encoding="utf-8")
    return folder
