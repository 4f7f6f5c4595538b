"""Mistakes that can be made in any exercise, whatever it is about."""

from __future__ import annotations

from course.checks.idea import idea

RETURNS_NONE = idea(
    "returns-none",
    "Did your code return anything? Something is computed, and then forgotten.",
    "A function without `return` gives None; so does one whose `return` stands alone, or is not reached.",
)
GLOBAL = idea(
    "global-not-argument",
    "Called with other data, your code would still answer for the notebook's.",
    "A name in it is a variable of the notebook, not an argument. Compare every name with the list of arguments.",
)
AUTOGRAD = idea(
    "autograd-used",
    "In this exercise the gradient is your work: leave autograd aside, and go one small step at a time.",
    "Neither `backward()` nor `grad()` nor an optimizer may be used here; products, sums and comparisons are enough.",
)
COMMA = idea(
    "comma-makes-tuple",
    "A comma at the end of a line makes a tuple of what stands before it.",
    "Take the comma out.",
)
INPUTS_CHANGED = idea(
    "inputs-changed",
    "A function that only computes leaves its inputs as they were.",
    "Something is written into an argument: `-=`, an assignment to `a[...]`, or a method with an underscore at its "
    "end.",
)
ORDER = idea(
    "order-of-results",
    "All the pieces are there; look at the order the text asks for.",
    "Compare what your `return` lists, one by one, with the line of the text that says what is returned.",
)
SIZES_FIXED = idea(
    "sizes-fixed",
    "Your code knows sizes that it should ask its arguments for.",
    "It is right at the notebook's sizes and wrong at others: look for 64, 1000, 100, 10, or for N, D_IN, D_H, D_OUT.",
)
ARRAY = idea(
    "array-not-tensor",
    "The numbers may be right, but a tensor is asked for, on the device of the inputs.",
    "Somewhere NumPy comes in: a function of `np`, or a `.numpy()`. Torch has a function of nearly the same name.",
)
TOO_FEW = idea(
    "too-few-results",
    "How many results does the text ask for?",
    "They are returned together, with commas between them, in the order the text names them.",
)
IF_ON_ARRAY = idea(
    "if-on-array",
    "Python wants one yes or no here; your array has one for each of its entries.",
    "A comparison of arrays gives an array. Use it as a mask, or multiply by it.",
)
DTYPE = idea(
    "dtype-changed",
    "Somewhere on the way half of your digits went missing: which dtype came in, which left?",
    "The inputs are float64 and your result has the digits of float32: a dtype written in, or a new tensor made "
    "without one.",
)
WRAPPED = idea(
    "results-wrapped",
    "One thing came back. The results are wanted side by side: `return` lists them with commas.",
    "All results may be there, inside a dictionary, a generator or a map: nobody who calls the function expects that.",
)
REMEMBERS = idea(
    "remembers",
    "Called again with other numbers of the same sizes, your code gives back what it found the first time.",
    "Something is stored at the first call and returned from then on: a cache, or an attribute that is set once.",
)
NEEDS_CONTIGUOUS = idea(
    "needs-contiguous",
    "Right in the notebook, but not for inputs that are not contiguous in memory, such as a transposed array.",
    "There `view(-1)` fails, and `reshape(-1)` makes a copy. A function of the whole array needs neither.",
)
