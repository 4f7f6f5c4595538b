# %% [markdown] role="prose" name="intro"
# # Way 2: the same network with tensors
#
# In way 1 you wrote a network with NumPy. In this notebook you write it again with PyTorch, line by line. The
# mathematics is the same: you do not need a single new formula.
#
# What is new is the *tensor*. A tensor is what NumPy calls an array, and it can do two more things: it can live on a
# *device* of your choice, the processor (CPU) or the graphics card (GPU), and it can remember how it was computed. You
# use the first now and the second in way 3.
#
# You will
#
# 1. draw the data as tensors of a given number format, on a given device,
# 2. translate `forward`, `loss_fn`, `backward` and `train` from NumPy to torch,
# 3. see what the number format does to your losses.
#
# You still write the backward pass by hand. PyTorch could do it for you, and the check will notice if you let it. Plan
# 55 to 75 minutes. Keep your way 1 open beside this notebook.
#
# **How it works.** Run a cell with Shift+Enter. In a blank, write your lines where it says `# YOUR CODE HERE`, delete
# the line with `raise`, run the cell, and then the check below it. At the end you save this notebook and hand it in.
# [START](../START.ipynb) says more.

# %% role="setup" name="setup"
try:
    from course import find_device, same_draw, start
except ModuleNotFoundError as missing:
    missing._render_traceback_ = lambda: [
        "The course's package is missing here; it comes with the kit.",
        "Run the next line in a new cell, then this cell again:",
        "%pip install --no-index --find-links=. --find-links=.. course",
    ]
    raise

import numpy as np
import torch  # not found? Run %pip install torch in a new cell, then this cell again

from course import figures

torch.set_default_dtype(torch.float64)
DEVICE = find_device()
DTYPE = torch.float64

N, D_IN, D_H, D_OUT = 64, 1000, 100, 10
check = start("way2_tensors", device=DEVICE)

# %% [markdown] role="prose" name="format_and_device"
# ## Number format and device
#
# Look at the setup cell. Two names in it decide where everything is computed, and with how many digits.
#
# **`DEVICE`** is the graphics card if this machine has one that PyTorch can use, and otherwise the processor. The
# original says `torch.device('cuda')` and nothing else, so it stops with an error on a machine without such a card.
# `find_device` takes what PyTorch recommends, `torch.accelerator.current_accelerator()` where
# `torch.accelerator.is_available()`, whatever the card's make. It tries the card out first: if that fails it says why,
# and returns the processor. So the same notebook runs everywhere.
#
# **`DTYPE`** is the format of the numbers. `torch.float64` keeps about 16 digits, as NumPy does. `torch.float32`
# keeps about 7, takes half the memory, and is much faster on a graphics card. It is PyTorch's default, and the
# original used it. We use float64, so that your losses agree with those printed here in all digits shown. (The
# original called this variable `type`. That hides Python's own function `type`, so we chose another name.)
#
# In float32 some cards multiply matrices with about 3 digits only, to be faster still; NVIDIA calls this TF32. The checks
# switch it off: otherwise a right answer would look wrong.
#
# Two tensors can only be combined if they live on the same device. To be multiplied as matrices they must have the same
# dtype as well. That is why every tensor is made with `dtype=` and `device=`: then one variable moves the whole
# program.

# %% [markdown] role="prose" name="shapes"
# ## First the shapes
#
# The network is the one of way 1:
#
# ```text
#  x ─► times w1 ─► h ─► ReLU ─► h_relu ─► times w2 ─► y_pred ─► loss ◄─ y
# ```
#
# Fill in both columns from memory, on paper: `n` is 64, `d_in` 1000, `d_h` 100, `d_out` 10.
#
# | tensor | its shape | shape of its gradient |
# |---|---|---|
# | `x` | ? | (not needed) |
# | `y` | ? | (not needed) |
# | `w1` | ? | ? |
# | `h` | ? | ? |
# | `h_relu` | ? | ? |
# | `w2` | ? | ? |
# | `y_pred` | ? | ? |
# | `loss` | ? | (it is the start) |
#
# <details><summary>Show the answers</summary>
#
# | tensor | its shape | shape of its gradient |
# |---|---|---|
# | `x` | (64, 1000) | |
# | `y` | (64, 10) | |
# | `w1` | (1000, 100) | (1000, 100) |
# | `h` | (64, 100) | (64, 100) |
# | `h_relu` | (64, 100) | (64, 100) |
# | `w2` | (100, 10) | (100, 10) |
# | `y_pred` | (64, 10) | (64, 10) |
# | `loss` | one number | |
#
# A gradient has exactly the shape of the tensor it belongs to. The second column copies the first.
#
# </details>

# %% [markdown] role="prose" name="predict"
# ## Predict the first loss
#
# Write down three guesses. You will see all three answers below.
#
# 1. You take the very numbers of way 1, turn them into tensors and compute the first loss. What will it be?
# 2. You draw new numbers with torch. What will the first loss be, roughly?
# 3. You take the numbers of way 1 in float32. How many digits of the loss will agree?
#
# <details><summary>Show the reasoning</summary>
#
# 1. Exactly way 1's loss, 3.15195e+07. Same numbers, same formula.
# 2. About 32 million, as you worked out in way 1, give or take 5 million. It depends on the kind of random numbers and
#    on the sizes, not on the library.
# 3. About seven. Float32 does not hold more, and rounding on the way may cost one or two of them.
#
# </details>

# %% [markdown] role="prose" name="dictionary"
# ## A small dictionary
#
# | what you want | NumPy | torch |
# |---|---|---|
# | product of matrices | `a.dot(b)`, `a @ b` | `a.mm(b)`, `a @ b` |
# | transpose | `a.T` | `a.t()`, `a.T` |
# | greater of two, entry by entry | `np.maximum(a, b)` | `torch.maximum(a, b)` |
# | keep within limits | `np.clip(a, low, high)` | `a.clamp(min=low, max=high)` |
# | power | `a ** 2`, `np.square(a)` | `a.pow(2)`, `a ** 2` |
# | sum of all entries | `a.sum()`, a number | `a.sum()`, still a tensor |
# | a plain Python number | `float(s)` | `s.item()` |
# | independent copy | `a.copy()` | `a.clone()` |
# | standard normal numbers | `rng.standard_normal((2, 3))` | `torch.randn(2, 3)` |
# | uniform from 0 to 1 | `rng.random((2, 3))` | `torch.rand(2, 3)` |
#
# Some remarks:
#
# - `mm` stands for *matrix multiply*. It takes two tensors with two axes each.
# - As in NumPy, `a * b` multiplies entry by entry.
# - Most operations exist twice: as a function, `torch.pow(a, 2)`, and as a method, `a.pow(2)`. They do the same.
# - `t()` is for tensors with **at most two axes**. With three axes it would be unclear which two change places.
# - `a.sum()` is a tensor without axes.
# - `item()` takes the number out of such a tensor.
#
# Work out on paper what the next cell prints for this `a`, before you run it:
#
# ```text
#  a = [ 1  2 ]      a times a = ?      a transposed = ?      sum of the squares = ?
#      [ 3  4 ]
# ```

# %% role="demonstration" name="dictionary_shown"
a = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print("a.mm(a)       =", a.mm(a).tolist())
print("a * a         =", (a * a).tolist())
print("a.t()         =", a.t().tolist())
total = a.pow(2).sum()
print("sum of squares:", total, "->", total.item())

try:
    torch.ones(2, 3, 4).t()
except RuntimeError as error:
    print("t() of three axes:", type(error).__name__)
try:
    a.mm(a.to(torch.float32))
except RuntimeError as error:
    print("float64 times float32:", type(error).__name__)

# %% [markdown] role="prose" name="about_make_data"
# ## Draw the data
#
# About 4 minutes. Write `make_data`. It gets the four sizes, a `dtype` and a `device`. It returns four tensors of
# standard normal numbers with this dtype, on this device: `x` (`n`, `d_in`), `y` (`n`, `d_out`), `w1` (`d_in`, `d_h`)
# and `w2` (`d_h`, `d_out`).
#
# There is no `rng` any more: torch keeps a generator of its own. And remember the difference between `rand` and
# `randn`: only one of them gives negative numbers.
#
# **A tiny example.** `torch.zeros(2, 3, dtype=torch.float32, device="cpu")` gives a tensor of shape (2, 3) with six
# zeros. All functions that make tensors understand `dtype=` and `device=`. With `n, d_in, d_h, d_out = 2, 3, 4, 1`
# your four tensors have the shapes (2, 3), (2, 1), (3, 4) and (4, 1).


# %% role="exercise" name="make_data"
def make_data(n, d_in, d_h, d_out, dtype, device):
    """Draw inputs, targets and two weight matrices: standard normal tensors.

    dtype: the number format of all four, device: where all four live
    -> x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)
    """
    ### BEGIN SOLUTION
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2
    ### END SOLUTION


# %% role="check" name="check_make_data"
### BEGIN HIDDEN TESTS
check.also(seed=36581)
### END HIDDEN TESTS
check("make_data")

# %% [markdown] role="prose" name="same_numbers"
# ## The same numbers as in way 1
#
# Your own draw is fine, but then your losses could not be compared with anything. So the rest of the notebook uses
# the draw of way 1. `same_draw()` returns it as NumPy arrays. `torch.from_numpy` makes tensors of them, and
# `.to(device, dtype)` moves them to your device.
#
# The cell also draws once with your `make_data` and keeps that for a comparison. Before it does, `torch.manual_seed(0)`
# sets torch's generator to a fixed start, so that your draw is the same each time.

# %% role="demonstration" name="draw"
x, y, w1, w2 = (torch.from_numpy(array).to(DEVICE, DTYPE) for array in same_draw())
for name, tensor in {"x": x, "y": y, "w1": w1, "w2": w2}.items():
    print(f"{name:2}  {tuple(tensor.shape)}  {tensor.dtype}")

torch.manual_seed(0)
own_draw = make_data(N, D_IN, D_H, D_OUT, DTYPE, DEVICE)

# %% [markdown] role="prose" name="maximum_or_max"
# ## Maximum and max
#
# Way 1 used NumPy's `maximum` for the ReLU. Torch has several functions around "greater", and they do different
# things:
#
# - `torch.maximum(a, b)` compares **two tensors**, entry by entry. Both must be tensors.
# - `torch.max(a)` reduces one tensor to its greatest entry.
# - `torch.max(a, 0)` reduces each column and returns **two** things: the greatest values and the rows where they
#   stand.
# - `a.clamp(…)` keeps entries within limits. It has two uses. With `min=` and `max=` it limits on both sides. With only
#   one of the two it limits on that side and leaves the other side alone.
#
# Which of them can replace everything below zero by zero? Predict each line before you run the cell.

# %% role="demonstration" name="maximum_and_max"
a = torch.tensor([[1, 5], [7, 2]])
b = torch.tensor([[4, 3], [6, 8]])
values, rows = torch.max(a, 0)
print("torch.maximum(a, b)   =", torch.maximum(a, b).tolist())
print("torch.max(a)          =", torch.max(a).item())
print("torch.max(a, 0)       =", values.tolist(), "in rows", rows.tolist())
print("a.clamp(min=2, max=6) =", a.clamp(min=2, max=6).tolist())
print("a.clamp(max=4)        =", a.clamp(max=4).tolist())

# %% [markdown] role="prose" name="about_forward"
# ## The forward pass
#
# About 4 minutes. Write `forward`. Inputs are the tensors `x` (`n`, `d_in`), `w1` (`d_in`, `d_h`) and `w2` (`d_h`,
# `d_out`). It returns three tensors: `h` (`n`, `d_h`), the product of `x` and `w1`; `h_relu` (`n`, `d_h`), the same
# with zeros in place of the negative entries; and `y_pred` (`n`, `d_out`), the product of `h_relu` and `w2`.
#
# `h` must keep its negative entries. A method whose name ends with an underscore, such as `clamp_`, changes the
# tensor itself. One without makes a new tensor.
#
# **The tiny example** is the one of way 1:
#
# ```text
#      x            w1            h = x times w1      h_relu        w2       y_pred
#  [ 1   2 ]    [ 1  -1 ]         [ 3   3 ]         [ 3   3 ]     [  1 ]     [ -3 ]
#  [ 3  -1 ]    [ 1   2 ]         [ 2  -5 ]         [ 2   0 ]     [ -2 ]     [  2 ]
# ```


# %% role="exercise" name="forward"
def forward(x, w1, w2):
    """Compute the network's answer with tensors, and keep what was computed on the way.

    x (n, d_in), w1 (d_in, d_h), w2 (d_h, d_out)
    -> h (n, d_h) before the ReLU, h_relu (n, d_h) after it, y_pred (n, d_out)
    """
    ### BEGIN SOLUTION
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
    ### END SOLUTION


# %% role="check" name="check_forward"
### BEGIN HIDDEN TESTS
check.also(seed=91827)
### END HIDDEN TESTS
check("forward")

# %% [markdown] role="prose" name="about_loss"
# ## The loss
#
# About 3 minutes. Write `loss_fn`. Inputs are `y_pred` and `y`, both (`n`, `d_out`). It returns the sum of all
# squared differences, as a plain Python number.
#
# In torch the sum is still a tensor, one without axes. For a list of losses, or a plot, you want the number in it. If
# the tensor lives on a graphics card, `item()` also fetches the number from there.
#
# **The tiny example.** Answers −3 and 2, targets −4 and 5. The differences are 1 and −3, their squares 1 and 9, the
# loss is 10.


# %% role="exercise" name="loss_fn"
def loss_fn(y_pred, y):
    """Say how wrong the answer is: the sum of all squared differences.

    y_pred (n, d_out), y (n, d_out)   -> a Python float
    """
    ### BEGIN SOLUTION
    return (y_pred - y).pow(2).sum().item()
    ### END SOLUTION


# %% role="check" name="check_loss_fn"
### BEGIN HIDDEN TESTS
check.also(seed=20763)
### END HIDDEN TESTS
check("loss_fn")

# %% [markdown] role="prose" name="first_loss_text"
# ## Your first loss
#
# Now the answers to your three guesses. The cell computes the first loss of way 1's numbers in float64 and in float32,
# and that of your own draw.

# %% role="demonstration" name="first_loss"
loss = loss_fn(forward(x, w1, w2)[2], y)
print(f"way 1's numbers in float64: {loss:.6g}   (way 1 printed 3.15195e+07)")

own_loss = loss_fn(forward(own_draw[0], *own_draw[2:])[2], own_draw[1])
print("your own draw, between 15 and 55 million:", 15e6 < own_loss < 55e6)

short_x, short_y, short_w1, short_w2 = (tensor.to(torch.float32) for tensor in (x, y, w1, w2))
short_loss = loss_fn(forward(short_x, short_w1, short_w2)[2], short_y)
print("float32 agrees in the first 5 digits:", abs(short_loss - loss) < 1e-5 * loss)
print("float32 gives a whole number:", short_loss == round(short_loss))
print("distance of neighbours in float32 near 30 million:", np.spacing(np.float32(3e7)))

# %% [markdown] role="prose" name="after_first_loss"
# Why a whole number? Float32 has about 7 digits, and the loss has 8 before the decimal point. Near 30 million, one number
# that float32 can hold and the next are 2 apart, so nothing is left for digits after the point. The original printed
# `29053692.0` and `36386432.0` in its second and third way, both in float32. In its first way, in NumPy's float64, it
# printed `30530526.097928338`. Now you know why.

# %% [markdown] role="prose" name="start_at_the_loss"
# ## Start at the loss
#
# The five gradients of way 1 come back, in the same order. For each there is one line to translate. The way back
# begins at the loss, with `grad_y_pred`: the derivative of u² is 2u, with u = prediction − target, for each entry
# separately. The next cell draws the whole way back once more.
#
# **The tiny example.** Differences 1 and −3 give `grad_y_pred` = 2 and −6.

# %% role="figure" name="way_back_drawn"
figures.backward_pass()

# %% [markdown] role="prose" name="gradient_of_w2"
# ## The gradient of w2
#
# Each weight is used for every example, so the sum runs over the examples:
#
# $$\mathtt{grad\_w2}[j, k] = \sum_i \mathtt{h\_relu}[i, j] \cdot \mathtt{grad\_y\_pred}[i, k]$$
#
# You want (`d_h`, `d_out`). You have (`n`, `d_h`) and (`n`, `d_out`). Which of them must be transposed, and which one
# comes first, so that `n` is the inner size? The formula in many books, "gradient times input transposed", is for
# examples in columns. Yours are in rows. And `reshape` or `view` is not a transpose, even if it gives the right shape.
#
# **The tiny example.** The columns of `h_relu` are 3, 2 and 3, 0. So `grad_w2` is 3 · 2 + 2 · (−6) = −6 and 3 · 2 + 0
# · (−6) = 6.
#
# ## The gradient of the hidden layer
#
# Each hidden value reaches the loss through all outputs of its example, so the sum runs over the outputs:
#
# $$\mathtt{grad\_h\_relu}[i, j] = \sum_k \mathtt{grad\_y\_pred}[i, k] \cdot \mathtt{w2}[j, k]$$
#
# **The tiny example.** With `w2` = 1 and −2, `grad_h_relu` has the rows 2, −4 and −6, 12.

# %% [markdown] role="prose" name="the_gate"
# ## The gate
#
# The ReLU lets a gradient through where `h` was positive on the way forward, and stops it where `h` was negative.
# What decides is `h`, never the gradient. That was the story of way 1. The original has the same slip in its second
# way. Nothing in its losses showed that something was wrong.
#
# **The tiny example.** Only the −5 in `h` is negative. In its place `grad_h_relu` has 12. So `grad_h` has the rows
# 2, −4 and −6, 0.

# %% [markdown] role="prose" name="masks_and_copies"
# ## Masks and copies
#
# Masks work as in NumPy: `marks > 10` is a tensor of `True` and `False`, and `marks[marks > 10] = 10` writes into
# these places.
#
# Copies need more care, because torch is quick to *share*. Two tensors may be two views of the same numbers in
# memory:
#
# - `same = marks` is a second name, as always in Python.
# - `marks.t()` and `marks.view(…)` are new tensors that use the **same memory**. What you write into one, you see in
#   the other.
# - `torch.from_numpy(array)` shares its memory with the array.
# - `marks.clone()` has memory of its own. It is what `copy()` is in NumPy.
#
# Your `backward` returns `grad_h_relu` and `grad_h`. Predict what the last three lines of the next cell print.

# %% role="demonstration" name="masks_and_copies_shown"
marks = torch.tensor([[7, 12, 9], [11, 4, 10]])
print("mask:      ", (marks > 10).tolist())

capped = marks.clone()
capped[capped > 10] = 10
print("the clone: ", capped.tolist())
print("the first: ", marks.tolist())

turned = marks.t()
turned[0, 0] = 0
print("after writing into its transpose:", marks.tolist())

array = np.array([1.0, 2.0])
shared = torch.from_numpy(array)
array[0] = 100
print("after writing into the array:", shared.tolist())

# %% [markdown] role="prose" name="gradient_of_w1"
# ## The gradient of w1
#
# The same pattern as for `w2`, one layer further back:
#
# $$\mathtt{grad\_w1}[k, j] = \sum_i \mathtt{x}[i, k] \cdot \mathtt{grad\_h}[i, j]$$
#
# You want (`d_in`, `d_h`), exactly the shape of `w1`.
#
# **The tiny example.** The columns of `x` are 1, 3 and 2, −1. `grad_w1` has the rows −16, −4 and 10, −8.

# %% [markdown] role="prose" name="about_backward"
# ## Write the backward pass
#
# About 8 minutes. Write `backward` with tensors, by hand. Inputs: `x` (`n`, `d_in`), `y` (`n`, `d_out`), `w2` (`d_h`,
# `d_out`), `h` and `h_relu` (`n`, `d_h`), `y_pred` (`n`, `d_out`). It returns the five gradients in this order:
#
# | | result | where to read again |
# |---|---|---|
# | 1 | `grad_y_pred` (`n`, `d_out`) | Start at the loss |
# | 2 | `grad_w2` (`d_h`, `d_out`) | The gradient of w2 |
# | 3 | `grad_h_relu` (`n`, `d_h`) | The gradient of the hidden layer |
# | 4 | `grad_h` (`n`, `d_h`) | The gate; Masks and copies |
# | 5 | `grad_w1` (`d_in`, `d_h`) | The gradient of w1 |
#
# Take one line of your way 1 at a time and look up each word in the dictionary. All results are tensors. The inputs
# stay as they are. Autograd is switched off in the check: it is the subject of way 3.
#
# **The tiny example** in one piece: `grad_y_pred` 2, −6; `grad_w2` −6, 6; `grad_h_relu` 2, −4, −6, 12; `grad_h` 2,
# −4, −6, 0; `grad_w1` −16, −4, 10, −8.


# %% role="exercise" name="backward"
def backward(x, y, w2, h, h_relu, y_pred):
    """Compute by hand how the loss reacts to each tensor, from the loss back to w1.

    x (n, d_in), y (n, d_out), w2 (d_h, d_out), h (n, d_h), h_relu (n, d_h), y_pred (n, d_out)
    -> grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1: each has the shape of the tensor in its name
    """
    ### BEGIN SOLUTION
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h[h < 0] = 0
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
    ### END SOLUTION


# %% role="check" name="check_backward"
### BEGIN HIDDEN TESTS
check.also(seed=57340)
### END HIDDEN TESTS
check("backward")

# %% [markdown] role="prose" name="compare_gradients"
# ## The gradients of way 1 once more
#
# In way 1 a witness, finite differences, confirmed these entries of the gradients. Your tensors must give the same
# numbers.

# %% role="demonstration" name="gradients_compared"
_, grad_w2, _, _, grad_w1 = backward(x, y, w2, *forward(x, w1, w2))
print("entry              way 1          here")
for label, way1, here in (
    ("w1[0, 0]", -2264.8, grad_w1[0, 0]),
    ("w1[500, 50]", -16470.4, grad_w1[500, 50]),
    ("w1[999, 99]", 9042.1, grad_w1[999, 99]),
    ("w2[0, 0]", -135630.1, grad_w2[0, 0]),
    ("w2[99, 9]", -6815.1, grad_w2[99, 9]),
):
    print(f"{label:12} {way1:11.1f} {here.item():13.1f}")

# %% [markdown] role="prose" name="about_train"
# ## The training loop
#
# About 5 minutes. Write `train`. Inputs are `x`, `y`, `w1`, `w2`, the learning rate `lr` and the number of `steps`.
# Each step runs `forward`, remembers the loss, runs `backward`, and subtracts from each weight `lr` times its gradient.
# It returns the losses as a list of Python numbers, one per step, each taken **before** that step's update.
#
# Change the weights **in place**: the caller looks at the same two tensors afterwards. `a -= b` writes into the
# tensor. `a = a - b` makes a new tensor and moves the name to it. And compute both gradients before you change either
# weight.
#
# **The tiny example** with `lr` = 0.01. `w2` becomes 1.06 and −2.06. `w1` becomes 1.16, −0.96, 0.90, 2.08. The losses
# begin with 10 and 5.43.


# %% role="exercise" name="train"
def train(x, y, w1, w2, lr, steps):
    """Learn: change the tensors w1 and w2 in place, `steps` times, each time a little downhill.

    x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)
    lr: the learning rate, steps: how many times
    -> losses, a list with one Python float per step, each taken before that step's update
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
    ### END SOLUTION


# %% role="check" name="check_train"
### BEGIN HIDDEN TESTS
check.also(seed=82195)
### END HIDDEN TESTS
check("train")

# %% [markdown] role="prose" name="learn"
# ## Watch it learn
#
# The same 500 steps as in way 1. The black rings are the losses of way 1. They should lie on your curve.

# %% role="demonstration" name="loss_curve"
losses = train(x, y, w1.clone(), w2.clone(), 1e-6, 500)
for step in (0, 1, 2, 3, 10, 50, 100):
    print(f"step {step:3}: {losses[step]:.6g}")
print(f"step 499: {losses[-1]:.2g}")
figures.losses({"way 2": losses}, beside={"ways 1 to 3": "way 1"})

# %% [markdown] role="prose" name="fewer_digits"
# ## The same with fewer digits
#
# The original trained in float32. Is that a problem? Make a guess: will the float32 curve leave the other one at
# once, late, or never?

# %% role="demonstration" name="two_formats"
short_losses = train(short_x, short_y, short_w1.clone(), short_w2.clone(), 1e-6, 500)
together = max(abs(a - b) / b for a, b in zip(short_losses[:100], losses[:100], strict=True))
print("the first 100 losses agree to 1 in 1000:", together < 1e-3)
print("the float32 curve ends higher:", short_losses[-1] > 10 * losses[-1])
figures.losses({"float64": losses, "float32": short_losses})

# %% [markdown] role="prose" name="after_two_formats"
# For a long time you see no difference. Then the float32 curve goes flat. The error that is left is no larger than the
# rounding on the way from `x` to `y_pred`, so no step can make it smaller. Real data are never that exact, so float32
# is good enough for them. That is why it is the usual choice for training.

# %% [markdown] role="prose" name="look_back"
# ## A look back
#
# | | way 1 | way 2 |
# |---|---|---|
# | formulas | yours | the same ones |
# | words | `dot`, `T`, `copy`, `maximum` | `mm`, `t()`, `clone`, `clamp` |
# | runs on | the processor | processor or graphics card, by one variable |
# | number format | float64 | whichever you ask for |
# | backward pass | by hand | by hand |
#
# So far PyTorch was only another NumPy. You still had to find a line back for every line forward. Way 3 uses the
# other thing a tensor can do: it remembers how it was computed, and PyTorch goes the way back for you.

# %% [markdown] role="prose" name="question"
# ## Explain it
#
# About 8 minutes, 5 points, read by a person. Answer in your own words, in about eight sentences.
#
# 1. A program multiplies two tensors and stops with an error. Name three different things about the two tensors that
#    you would look at.
# 2. The original printed `30530526.097928338` in NumPy and `29053692.0` in torch. Why does the second number end with
#    `.0`? Would another draw have changed that?
# 3. A friend leaves out `clone` and writes the zeros of the gate directly into `grad_h_relu`. The friend's losses in
#    training are exactly the same as yours. Why, and what is wrong nevertheless?

# %% [markdown] role="written" name="explain"
# **Your answer**
#
# ### BEGIN SOLUTION
# 1. Their shapes: the inner sizes must agree. Their dtype: a float32 and a float64 matrix cannot be multiplied. Their
#    device: both must live on the processor or both on the same graphics card.
# 2. The torch version used float32, which keeps about seven digits. Near 30 million, neighbouring float32 numbers are
#    2 apart, so there are no digits after the point. Any other draw gives a loss of about the same size, so it would end
#    with `.0` as well. NumPy used float64, which has about sixteen digits.
# 3. The gradients of the weights are still right. `grad_w2` does not use `grad_h_relu` at all, and `grad_w1` is
#    computed from `grad_h`, which holds the right numbers. So each step is the same, and so are the losses. But
#    `grad_h_relu` and `grad_h` are now two names of one tensor, and the function returns a wrong `grad_h_relu`: it
#    has zeros where the gradient is not zero. Whoever uses it, for instance to look at it or to send it further back,
#    gets wrong numbers.
# ### END SOLUTION
#
# ### BEGIN MARK SCHEME
# 5 points in all; half points may be given.
#
# - 1 point, question 1: shape, dtype and device. Two of the three give half a point.
# - 2 points, question 2: one for "float32 has about seven digits, the loss has eight before the point" (or: the
#   spacing is 2); one for "no other draw would change it, the size stays about the same".
# - 2 points, question 3: one for "the gradients of the weights do not depend on the spoilt tensor"; one for "the
#   returned `grad_h_relu` is wrong, because both names mean one tensor".
#
# Formulas, language and length are not judged.
# ### END MARK SCHEME

# %% [markdown] role="prose" name="next"
# ## Hand in
#
# Choose *Kernel > Restart Kernel and Run All Cells…* once, to see that everything works from top to bottom. The cell below
# sums up the points of your checks. Then save the notebook: this file is what you hand in.
#
# Next comes [way 3: let autograd go backward](../way3_autograd/way3_autograd.ipynb).

# %% role="demonstration" name="progress"
from course import check

check.progress()
