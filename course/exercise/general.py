"""Mistakes that can be made in any exercise."""

from __future__ import annotations

from course.exercise.idea import idea

RETURNS_NONE = idea("returns-none")
GLOBAL = idea("global-not-argument")
AUTOGRAD = idea("autograd-used")
TORCH = idea("torch-used")
COMMA = idea("comma-makes-tuple")
INPUTS_CHANGED = idea("inputs-changed")
ORDER = idea("order-of-results")
SIZES_FIXED = idea("sizes-fixed")
ARRAY = idea("array-not-tensor")
TOO_FEW = idea("too-few-results")
TOO_MANY = idea("too-many-results")
SQUEEZED = idea("axis-squeezed")
IF_ON_ARRAY = idea("if-on-array")
DTYPE = idea("dtype-changed")
WRAPPED = idea("results-wrapped")
REMEMBERS = idea("remembers")
NEEDS_CONTIGUOUS = idea("needs-contiguous")
CALL_MISSING = idea("call-missing")
