# %% [markdown] role="prose" name="intro"
# # Way 1: a two-layer network in NumPy
#
# You are going to build a neural network with nothing but arrays. No library does the learning for you. At the end it
# learns, and you know every number that made it learn.
#
# Perhaps you look at an empty cell and do not know where to begin. That is normal, and no reason to be afraid. There
# is an order that always works:
#
# 1. Fix the numbers of units: how many inputs, hidden units and outputs.
# 2. Write down the shape of every array: inputs, targets, weights.
# 3. Write one pass forward, one number for the error, one pass backward.
# 4. Put these three into a loop.
#
# This notebook follows that order. It has five blanks for code and one written question. Plan 90 to 120 minutes, with
# a break before the backward pass.
#
# **How it works.** To run a cell, click on it and press Shift+Enter. A blank is a function whose body says
# `# YOUR CODE HERE` and `raise NotImplementedError()`. Write your lines there and delete the line with `raise`. Run
# the cell, then the check cell below it. The check calls your function with data of its own, of several sizes, and
# tells you what is right and what is not right yet. Try as often as you like.
#
# The other code cells show something. Some of them are folded, because they only draw a picture: run them like the
# others. All of them use the functions that you have written so far, so go from top to bottom. After a restart, click
# on the cell where you were and choose *Run > Run All Above Selected Cell*. At the end you save this notebook and hand
# it in. [START](../START.ipynb) says more about all of this.

# %% role="setup" name="setup"
try:
    from course import start
except ModuleNotFoundError as missing:
    missing._render_traceback_ = lambda: [
        "The course's package is missing here; it comes with the kit.",
        "Run the next line in a new cell, then this cell again:",
        "%pip install --no-index --find-links=. --find-links=.. course",
    ]
    raise

import numpy as np

from course import figures

N, D_IN, D_H, D_OUT = 64, 1000, 100, 10
check = start("way1_numpy")

# %% [markdown] role="prose" name="network"
# ## The network
#
# Your data are 64 examples. Each example is a row of 1000 numbers, the *input*. To each example belong 10 more numbers,
# the *target*: the answer that the network should give.
#
# The network has two layers of *weights*. The first turns 1000 inputs into 100 hidden values. The second turns these
# into 10 outputs. Between the two is a very simple function, the *ReLU*: a negative number becomes 0, any other
# number stays as it is.
#
# ```text
#  x ─► times w1 ─► h ─► ReLU ─► h_relu ─► times w2 ─► y_pred ─► loss ◄─ y
# ```
#
# - `x` holds the inputs and `y` the targets, one example per row.
# - `w1` and `w2` are the weights. They are the only arrays that learning will change.
# - `h` holds the hidden values before the ReLU and `h_relu` those after it.
# - `y_pred` is the network's answer. The `loss` is one number that says how wrong this answer is.
#
# Why the ReLU? Without it, two layers would be no better than one: a product of two matrices is just another matrix.
#
# The next cell draws the network, with fewer units than it really has.

# %% role="figure" name="draw_network"
figures.network()

# %% [markdown] role="prose" name="shapes"
# ## First the shapes
#
# Most mistakes in such a program are wrong shapes. So write the shapes down before any code.
#
# The sizes have names: `n` examples, `d_in` inputs, `d_h` hidden units, `d_out` outputs. Here they are 64, 1000, 100
# and 10. One rule is all you need. A product of two matrices exists if the inner sizes agree, and the outer sizes
# remain:
#
# ```text
#  (rows, inner) times (inner, columns)  gives  (rows, columns)
# ```
#
# Fill in this table on paper.
#
# | array | what it is | shape in names | shape here |
# |---|---|---|---|
# | `x` | inputs | (`n`, `d_in`) | (64, 1000) |
# | `y` | targets | ? | ? |
# | `w1` | weights of the first layer | ? | ? |
# | `h` | `x` times `w1` | ? | ? |
# | `h_relu` | `h` after the ReLU | ? | ? |
# | `w2` | weights of the second layer | ? | ? |
# | `y_pred` | `h_relu` times `w2` | ? | ? |
# | `loss` | how wrong the answer is | ? | ? |
#
# <details><summary>Show the answers</summary>
#
# | array | shape in names | shape here |
# |---|---|---|
# | `x` | (`n`, `d_in`) | (64, 1000) |
# | `y` | (`n`, `d_out`) | (64, 10) |
# | `w1` | (`d_in`, `d_h`) | (1000, 100) |
# | `h` | (`n`, `d_h`) | (64, 100) |
# | `h_relu` | (`n`, `d_h`) | (64, 100) |
# | `w2` | (`d_h`, `d_out`) | (100, 10) |
# | `y_pred` | (`n`, `d_out`) | (64, 10) |
# | `loss` | a single number | no shape |
#
# </details>
#
# When your table is full, run the next cell. It draws the two products as rectangles, with the inner sizes thick. (The
# sizes are in the right order, but not to scale.)

# %% role="figure" name="shapes_drawn"
figures.shapes()

# %% [markdown] role="prose" name="predict"
# ## Predict the first loss
#
# All arrays start as random numbers with mean 0 and variance 1. The loss will be the sum of all squared differences
# between `y_pred` and `y`. How big will it be before anything is learned: about 600, about 60 thousand, or about 30
# million? Decide before you read on.
#
# You can work it out, one step at a time:
#
# 1. An entry of `h` is a sum of 1000 products of two such random numbers. Each product has mean 0 and variance 1, so
#    the sum has variance 1000.
# 2. The ReLU throws away the negative half. The mean *square* of an entry of `h_relu` is therefore 1000 / 2 = 500.
# 3. An entry of `y_pred` is a sum of 100 such values, each times a random weight: mean square 100 · 500 = 50,000.
#    Beside this the targets, with mean square 1, hardly count.
# 4. There are 64 · 10 = 640 entries: 640 · 50,000 = **32 million**.
#
# In names:
#
# $$\text{first loss} \approx \frac{n \cdot d_{out} \cdot d_h \cdot d_{in}}{2}$$
#
# You will soon see how close your own first loss comes to it.

# %% [markdown] role="prose" name="about_make_data"
# ## Draw the data
#
# About 4 minutes. Write `make_data`. It gets a random number generator `rng` and the four sizes. It returns four
# arrays of random numbers: `x` (`n`, `d_in`), `y` (`n`, `d_out`), `w1` (`d_in`, `d_h`) and `w2` (`d_h`, `d_out`).
# Draw them **in this order**, each with one call to `rng`, so that everybody who starts with the same generator gets
# the same numbers.
#
# A generator offers several kinds of random numbers:
#
# - `rng.random(shape)`: *uniform*, all numbers from 0 to 1 equally likely. In older code this is called `rand`.
# - `rng.standard_normal(shape)`: the bell curve around 0 with variance 1. In older code this is called `randn`.
#
# You need the second kind. With `rand` no weight would ever be negative, so all hidden units would push the answer in
# the same direction.
#
# **A tiny example.** With `n, d_in, d_h, d_out = 2, 3, 4, 1` the arrays have the shapes (2, 3), (2, 1), (3, 4) and
# (4, 1). Say the shapes of `x` and `w1` aloud, "two by three, three by four": the inner sizes agree, so the first
# product works. Do `h_relu` and `w2` agree as well?


# %% role="exercise" name="make_data"
def make_data(rng, n, d_in, d_h, d_out):
    """Draw inputs, targets and two weight matrices: standard normal numbers, in this order.

    rng: a numpy.random.Generator
    -> x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)
    """
    ### BEGIN SOLUTION
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2
    ### END SOLUTION


# %% role="check" name="check_make_data"
### BEGIN HIDDEN TESTS
check.also(seed=48151)
### END HIDDEN TESTS
check("make_data")

# %% [markdown] role="prose" name="rand_or_randn"
# Now draw the data of this course. The generator starts from seed 0, so your numbers are the same as everybody's. All
# six notebooks use this one draw, so you can compare them later, number by number.
#
# The picture below shows what `rand` and `randn` mean: equally many numbers, spread in two ways.

# %% role="demonstration" name="draw_data"
x, y, w1, w2 = make_data(np.random.default_rng(0), N, D_IN, D_H, D_OUT)
print("x", x.shape, " y", y.shape, " w1", w1.shape, " w2", w2.shape)
print(f"share of negative numbers in w1: {np.mean(w1 < 0):.2f}")

# %% role="figure" name="rand_and_randn_drawn"
figures.uniform_and_normal()

# %% [markdown] role="prose" name="maximum_or_max"
# ## Maximum and max
#
# For the ReLU you need "the greater of two numbers", entry by entry. NumPy has two functions with similar names:
#
# - `np.maximum(a, b)` takes **two** things and *compares* them, entry by entry. The result has the shape of the
#   arrays. One of the two may also be a plain number. Every entry is then compared with that number.
# - `np.max(a)` takes **one** array and *reduces* it to its greatest entry. With an axis, `np.max(a, 0)`, it reduces
#   each column. The 0 is then not a number to compare with: it says which axis disappears.
#
# Predict each result for these two arrays before you run the cell.

# %% role="demonstration" name="maximum_and_max"
a = np.array([[1, 5], [7, 2]])
b = np.array([[4, 3], [6, 8]])
print("np.maximum(a, b) =", np.maximum(a, b).tolist())
print("np.max(a)        =", np.max(a))
print("np.max(a, 0)     =", np.max(a, 0).tolist())

# %% [markdown] role="prose" name="about_forward"
# ## The forward pass
#
# About 6 minutes. Write `forward`. Inputs are `x` (`n`, `d_in`), `w1` (`d_in`, `d_h`) and `w2` (`d_h`, `d_out`). It
# returns three arrays:
#
# - `h` (`n`, `d_h`): the matrix product of `x` and `w1`,
# - `h_relu` (`n`, `d_h`): every negative entry of `h` replaced by 0, the others unchanged,
# - `y_pred` (`n`, `d_out`): the matrix product of `h_relu` and `w2`.
#
# The matrix product of two arrays `a` and `b` is written `a.dot(b)` or `a @ b`. The star, `a * b`, means something
# else: it multiplies entry by entry.
#
# You need all three results later, on the way back. So `h` must keep its negative numbers: `h_relu` is a new array.
#
# **A tiny example to do on paper.** Two examples, two inputs, two hidden units, one output:
#
# ```text
#      x            w1            h = x times w1      h_relu        w2       y_pred
#  [ 1   2 ]    [ 1  -1 ]         [ 3   3 ]         [ 3   3 ]     [  1 ]     [ -3 ]
#  [ 3  -1 ]    [ 1   2 ]         [ 2  -5 ]         [ 2   0 ]     [ -2 ]     [  2 ]
# ```
#
# The entry −5 of `h`, for instance, is the second row of `x` with the second column of `w1`: 3 · (−1) + (−1) · 2 =
# −5. This unit is *off* for the second example: the ReLU turns −5 into 0. The other three are *on*. Check the
# remaining numbers yourself. You will meet this example again in every section.


# %% role="exercise" name="forward"
def forward(x, w1, w2):
    """Compute the network's answer, and keep what was computed on the way.

    x (n, d_in), w1 (d_in, d_h), w2 (d_h, d_out)
    -> h (n, d_h) before the ReLU, h_relu (n, d_h) after it, y_pred (n, d_out)
    """
    ### BEGIN SOLUTION
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred
    ### END SOLUTION


# %% role="check" name="check_forward"
### BEGIN HIDDEN TESTS
check.also(seed=16234)
### END HIDDEN TESTS
check("forward")

# %% [markdown] role="prose" name="tiny_forward_text"
# Now run your function on the tiny example, and compare with your paper. The names of the tiny arrays begin with
# `tiny_`, so that they do not replace the real ones.

# %% role="demonstration" name="tiny_forward"
tiny_x = np.array([[1.0, 2.0], [3.0, -1.0]])
tiny_y = np.array([[-4.0], [5.0]])
tiny_w1 = np.array([[1.0, -1.0], [1.0, 2.0]])
tiny_w2 = np.array([[1.0], [-2.0]])

for name, value in zip(("h", "h_relu", "y_pred"), forward(tiny_x, tiny_w1, tiny_w2), strict=True):
    print(f"{name:7}", value.tolist())

# %% [markdown] role="prose" name="about_loss"
# ## The loss
#
# About 3 minutes. Write `loss_fn`. Inputs are `y_pred` and `y`, both (`n`, `d_out`). It returns one number: take the
# difference of each pair of entries, square it, and add up all the squares.
#
# Why squares? Without them, an error of +3 and an error of −3 would cancel, and the loss would call that perfect. Why
# a sum and not a mean? Either would do. This course uses the sum, so the loss and all gradients are sums.
#
# **The tiny example.** The network answers −3 and 2. The targets are −4 and 5. The differences are 1 and −3, their
# squares 1 and 9. The loss is 10.


# %% role="exercise" name="loss_fn"
def loss_fn(y_pred, y):
    """Say how wrong the answer is: the sum of all squared differences.

    y_pred (n, d_out), y (n, d_out)   -> one number
    """
    ### BEGIN SOLUTION
    return float(np.square(y_pred - y).sum())
    ### END SOLUTION


# %% role="check" name="check_loss_fn"
### BEGIN HIDDEN TESTS
check.also(seed=70312)
### END HIDDEN TESTS
check("loss_fn")

# %% [markdown] role="prose" name="first_loss_text"
# ## Your first loss
#
# You predicted about 32 million. Here is the first loss on the data of this course.
#
# It will not be 32 million exactly: the data are random, and another draw gives another loss. The cell therefore
# makes 100 more draws and shows all their first losses. The notebook that this course was made from was run three
# times with weights like these, and printed 30.5, 29.1 and 36.4 million. These are the triangles: three ordinary
# draws.

# %% role="demonstration" name="first_loss"
first_loss = loss_fn(forward(x, w1, w2)[2], y)
print(f"predicted: {N * D_OUT * D_H * D_IN / 2:.6g}")
print(f"your loss: {first_loss:.6g}")

others = []
for seed in range(1, 101):
    draw_x, draw_y, draw_w1, draw_w2 = make_data(np.random.default_rng(seed), N, D_IN, D_H, D_OUT)
    others.append(loss_fn(forward(draw_x, draw_w1, draw_w2)[2], draw_y))
figures.first_losses(others, first_loss, original="ways 1 to 3")

# %% [markdown] role="prose" name="what_a_gradient_says"
# ## What a gradient says
#
# To learn is to change the weights so that the loss gets smaller. In which direction should a weight move? Ask this:
# *if I raise this one number a little, what does the loss do?*
#
# Try it on paper. In the tiny example the first answer is −3, its target is −4, and the loss is 10. Raise the answer
# by 0.01, to −2.99. The difference becomes 1.01, its square 1.0201, and the loss 10.0201. So the loss grew by 0.0201,
# about **2 times** the nudge. This factor is the *gradient* of the loss with respect to that number. (For a single
# number it is also called the *derivative*. On a graph of the loss it is the slope.)
#
# - A positive gradient says: raise this number, and the loss grows.
# - A negative gradient says: raise this number, and the loss falls.
# - A gradient of 0 says: a small nudge changes nothing.
#
# Every entry of an array has its own factor. So there is a rule that will save you often:
#
# > **A gradient has exactly the shape of the array it belongs to.**
#
# You will need five of them. Fill in the shapes.
#
# | gradient | belongs to | shape here |
# |---|---|---|
# | `grad_y_pred` | `y_pred` | ? |
# | `grad_w2` | `w2` | ? |
# | `grad_h_relu` | `h_relu` | ? |
# | `grad_h` | `h` | ? |
# | `grad_w1` | `w1` | ? |
#
# <details><summary>Show the answers</summary>
#
# (64, 10), (100, 10), (64, 100), (64, 100), (1000, 100): each the shape of the array it belongs to.
#
# </details>
#
# Nudging each weight in turn would mean 101,000 forward passes for one step. The backward pass finds all the factors
# at once. It starts at the loss and goes back towards `x`, one array at a time. The next cell draws the way: forward
# above, back below. The numbers say in which order you will find the five gradients.

# %% role="figure" name="way_back_drawn"
figures.backward_pass()

# %% [markdown] role="prose" name="start_at_the_loss"
# ## Start at the loss
#
# The way back begins where the way forward ended. Which array comes right before the loss? `y_pred`, with its 10
# outputs per example. So the first gradient is `grad_y_pred`, and its shape is (64, 10).
#
# The loss is a sum of squares u², one for each entry, with u = prediction − target. Two facts are enough:
#
# - In a sum, each entry of `y_pred` appears in one square only. It does not affect the other squares.
# - The square u² has the derivative 2u. (You saw it above: u was 1, and the factor was about 2.)
#
# **The tiny example.** The differences are 1 and −3:
#
# ```text
#  grad_y_pred = [  2 ]
#                [ -6 ]
# ```
#
# Read the signs: the first answer is too big, so raising it makes the loss grow. The second is too small, so raising
# it makes the loss fall.

# %% [markdown] role="prose" name="gradient_of_w2"
# ## The gradient of w2
#
# One step further back are `w2` and `h_relu`. Take one weight, `w2[j, k]`. On the way forward it does one thing: in
# every example i, it adds `h_relu[i, j] · w2[j, k]` to `y_pred[i, k]`. Nudge the weight, and the answer moves by
# `h_relu[i, j]` times the nudge. Nudge the answer, and the loss moves by `grad_y_pred[i, k]` times that. Multiply
# along the way and add up over all examples:
#
# $$\mathtt{grad\_w2}[j, k] = \sum_i \mathtt{h\_relu}[i, j] \cdot \mathtt{grad\_y\_pred}[i, k]$$
#
# This rule, "multiply along each route, add up over the routes", is called the *chain rule*.
#
# A sum over a shared index is a matrix product. But which one? Many people remember from a book: "gradient of the
# output, times the input transposed". The original's author did too, and wrote `grad_y_pred.dot(h_relu.T)`. Run the
# next cell to see what NumPy says about its shapes. Books often store one example per *column*. Here an example is a
# *row*, so the formula looks different.
#
# **Let the shapes guide you.** You want (100, 10). You have `h_relu` (64, 100) and `grad_y_pred` (64, 10). The 64
# belongs to the index i, which is summed over, so it must be the inner size. Only one order, with one transpose
# (`.T`), gives that.
#
# **The tiny example.** The first weight sees 3 and 2 in its column of `h_relu`: 3 · 2 + 2 · (−6) = −6. The second
# sees 3 and 0: 3 · 2 + 0 · (−6) = 6.
#
# ```text
#  grad_w2 = [ -6 ]
#            [  6 ]
# ```

# %% role="demonstration" name="shapes_disagree"
try:
    np.ones((64, 10)).dot(np.ones((100, 64)))
except ValueError as error:
    print("NumPy says:", error)

a = np.array([[1, 2, 3], [4, 5, 6]])
print("a           =", a.tolist())
print("a transposed =", a.T.tolist())
print("a reshaped   =", a.reshape(3, 2).tolist())

# %% [markdown] role="prose" name="gradient_of_h_relu"
# The error names the two inner sizes, 10 and 100, that should agree. The last two lines are a warning. `a.T` and
# `a.reshape(3, 2)` have the same shape, but they hold the numbers in different places. If you reshape until the error
# goes away, you get wrong numbers and no error. To swap the axes you need the transpose.
#
# ## The gradient of the hidden layer
#
# Now the other factor of that product, `h_relu`. A hidden value `h_relu[i, j]` goes into all outputs k of its own
# example i, each time with the weight `w2[j, k]`. So there are `d_out` routes from it to the loss:
#
# $$\mathtt{grad\_h\_relu}[i, j] = \sum_k \mathtt{grad\_y\_pred}[i, k] \cdot \mathtt{w2}[j, k]$$
#
# Again the shapes tell you how to write it. You want (64, 100), you have (64, 10) and (100, 10), and the sum runs over
# the 10.
#
# **The tiny example.** There is one output only, so each sum has one term:
#
# ```text
#  grad_h_relu = [  2·1    2·(-2) ]  =  [  2   -4 ]
#                [ -6·1   -6·(-2) ]     [ -6   12 ]
# ```

# %% [markdown] role="prose" name="the_gate"
# ## The gate
#
# Between `h` and `h_relu` is the ReLU. Think of it as a row of gates, one for each entry:
#
# - The entry of `h` is positive: the gate is open. A nudge of `h` arrives unchanged at `h_relu`. The derivative of the
#   ReLU is 1.
# - The entry of `h` is negative: the gate is shut. `h_relu` stays 0 when `h` is nudged a little. The derivative is 0.

# %% role="figure" name="relu_drawn"
figures.relu()

# %% [markdown] role="prose" name="what_the_gate_does"
# So `grad_h` is equal to `grad_h_relu` where the gate was open, and 0 where it was shut. The gates are set on the way
# forward. On the way back you find them as they were left.
#
# (And exactly at 0? There the ReLU has a kink and no derivative. It practically never happens, and the checks do not
# ask for it.)
#
# **The tiny example.** Only the gate of the −5 in `h` is shut, in the second row on the right:
#
# ```text
#  h = [ 3   3 ]    grad_h_relu = [  2   -4 ]    grad_h = [  2   -4 ]
#      [ 2  -5 ]                  [ -6   12 ]             [ -6    0 ]
# ```
#
# The −4 and the −6 pass: they are negative gradients at open gates. The 12 does not pass, although it is positive.

# %% [markdown] role="prose" name="masks_and_copies"
# ## Masks and copies
#
# Two tools of NumPy help you to shut gates. The next cell shows them on the marks of six students, where no mark may
# exceed 10.
#
# **A mask.** A comparison such as `marks > 10` gives an array of the same shape, filled with `True` and `False`. You
# can use it as an index: `marks[marks > 10] = 10` writes into exactly those places. The mask may come from *another*
# array of the same shape.
#
# **A copy.** The line `same = marks` makes no new array. It gives the same array a second name. What you write
# through one name, you see through the other. `marks.copy()` makes a new array. You can change it, and the old one
# stays as it was. (People call this a *deep* copy: the numbers themselves are copied, and not just the name.)
#
# Your `backward` returns `grad_h_relu` *and* `grad_h`. If both are names of one array, one of the results is wrong.

# %% role="demonstration" name="masks_and_copies_shown"
marks = np.array([[7, 12, 9], [11, 4, 10]])
print("mask:       ", (marks > 10).tolist())

capped = marks.copy()
capped[capped > 10] = 10
print("the copy:   ", capped.tolist())
print("the first:  ", marks.tolist())

same = marks
same[same > 10] = 10
print("after same: ", marks.tolist())

# %% [markdown] role="prose" name="gradient_of_w1"
# ## The gradient of w1
#
# The last array. `h` is the product of `x` and `w1`, just as `y_pred` is the product of `h_relu` and `w2`. So the
# pattern is one you know:
#
# $$\mathtt{grad\_w1}[k, j] = \sum_i \mathtt{x}[i, k] \cdot \mathtt{grad\_h}[i, j]$$
#
# Here, too, the formula from the book, `grad_h.dot(x.T)`, has the wrong shape. You want (1000, 100), the shape of
# `w1`. You have `x` (64, 1000) and `grad_h` (64, 100). The sum runs over the examples.
#
# There is no `grad_x`: the inputs are given and do not learn, so nobody needs it.
#
# **The tiny example.** The first column of `x` is 1, 3 and the first column of `grad_h` is 2, −6. So the first entry
# is 1 · 2 + 3 · (−6) = −16. Work out the others:
#
# ```text
#  grad_w1 = [ -16   -4 ]
#            [  10   -8 ]
# ```

# %% [markdown] role="prose" name="about_backward"
# ## Write the backward pass
#
# About 15 minutes. Write `backward`. Inputs are what the forward pass used and produced: `x` (`n`, `d_in`), `y` (`n`,
# `d_out`), `w2` (`d_h`, `d_out`), `h` and `h_relu` (`n`, `d_h`), `y_pred` (`n`, `d_out`). Return the five gradients
# in the order in which you found them, each with the shape of its array:
#
# | | result | belongs to | where to read again |
# |---|---|---|---|
# | 1 | `grad_y_pred` (`n`, `d_out`) | `y_pred` | Start at the loss |
# | 2 | `grad_w2` (`d_h`, `d_out`) | `w2` | The gradient of w2 |
# | 3 | `grad_h_relu` (`n`, `d_h`) | `h_relu` | The gradient of the hidden layer |
# | 4 | `grad_h` (`n`, `d_h`) | `h` | The gate |
# | 5 | `grad_w1` (`d_in`, `d_h`) | `w1` | The gradient of w1 |
#
# Work on one tensor at a time (a *tensor* is an array with any number of axes). Write the first gradient, return it
# together with four times `None`, and run the check. It looks at the results in this order and stops at the first one
# that is not right yet. Each right result earns part of the points.
#
# Leave the inputs as they are. The function only computes.
#
# **The tiny example** in one piece, if you want to compare. Differences 1 and −3 give `grad_y_pred` 2, −6. From it,
# `grad_w2` −6, 6 and `grad_h_relu` 2, −4, −6, 12. The gate leaves 2, −4, −6, 0. And `grad_w1` is −16, −4, 10, −8.


# %% role="exercise" name="backward"
def backward(x, y, w2, h, h_relu, y_pred):
    """Compute by hand how the loss reacts to each array, from the loss back to w1.

    x (n, d_in), y (n, d_out), w2 (d_h, d_out), h (n, d_h), h_relu (n, d_h), y_pred (n, d_out)
    -> grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1: each has the shape of the array in its name
    """
    ### BEGIN SOLUTION
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
    ### END SOLUTION


# %% role="check" name="check_backward"
### BEGIN HIDDEN TESTS
check.also(seed=29417)
### END HIDDEN TESTS
check("backward")

# %% [markdown] role="prose" name="own_assertions"
# ## Your own assertions
#
# You do not need a course to check a shape. `assert condition, "message"` does nothing if the condition is true, and
# stops with the message if it is not. Such a line costs nothing and finds many mistakes at once.
#
# The cell contains one assertion. Add one for `grad_w1`: it must have exactly the shape of `w1`. Then break it on
# purpose, for instance by comparing with the shape of `w2`, to see what happens. An alarm that you have never heard
# is of little use.

# %% role="demonstration" name="assertions"
_, grad_w2, _, _, grad_w1 = backward(x, y, w2, *forward(x, w1, w2))
assert grad_w2.shape == w2.shape, "grad_w2 must have the shape of w2"
# Your line comes here.

print("grad_w1", grad_w1.shape, " grad_w2", grad_w2.shape)

# %% [markdown] role="prose" name="a_witness"
# ## A witness of your own
#
# The check says that your gradients are right. How does it know? It works them out in another way and compares. And
# who checked that? You can ask a witness that needs neither: the meaning of a gradient.
#
# Nudge one weight up by a little, here 0.0001, and run the forward pass. Nudge it down by as much, and run it again.
# The difference of the two losses, divided by the distance 0.0002, must be that weight's gradient. This is called a
# *gradient check* with *finite differences*. It is slow, two forward passes per weight, but a few weights are enough
# to convince you. It uses nothing but your `forward` and your `loss_fn`.


# %% role="demonstration" name="finite_differences"
def witness(which, row, column, nudge=1e-4):
    """Measure one entry of the gradient of w1 (which=0) or w2 (which=1) by nudging that weight."""
    losses_there = []
    for step in (nudge, -nudge):
        weights = [w1.copy(), w2.copy()]
        weights[which][row, column] += step
        losses_there.append(loss_fn(forward(x, *weights)[2], y))
    return (losses_there[0] - losses_there[1]) / (2 * nudge)


entries = [(0, 0, 0), (0, 1, 0), (0, 500, 50), (0, 999, 99), (1, 0, 0), (1, 99, 9)]
print("entry           witness  your gradient  agree")
for which, row, column in entries:
    seen, yours = witness(which, row, column), (grad_w1, grad_w2)[which][row, column]
    label = f"w{which + 1}[{row}, {column}]"
    print(f"{label:12} {seen:10.1f} {yours:14.1f}  {abs(seen - yours) < 1e-6 * abs(seen)}")

# %% [markdown] role="prose" name="the_slip"
# ## The original's slip
#
# The notebook that this course was made from has one line that differs from yours. Where it shuts the gates, it looks
# at the gradient itself: wherever the *gradient* is negative, it writes 0. It never looks at `h`.
#
# In the tiny example the difference is easy to see:
#
# ```text
#                h          what arrives       right:         the original:
#            [ 3   3 ]       [  2   -4 ]      [  2   -4 ]      [ 2    0 ]
#            [ 2  -5 ]       [ -6   12 ]      [ -6    0 ]      [ 0   12 ]
# ```
#
# Three of the four entries are wrong. Two open gates are shut, because the gradient happens to be negative there. The
# one shut gate is opened.
#
# How bad is that at full size? Your own functions can imitate the slip. The gates of your `backward` are set by the
# hidden values that it is given. So the next cell gives it the wrong ones, namely the gradient, and compares the result
# with your witness.

# %% role="demonstration" name="slip_measured"
by_hand = backward


def backward_with_slip(x, y, w2, h, h_relu, y_pred):
    """Run your backward twice: as it is, then with its gates set by the gradient itself."""
    grad_y_pred, grad_w2, arrived, _, _ = by_hand(x, y, w2, h, h_relu, y_pred)
    gates = forward(arrived, np.eye(arrived.shape[1]), w2)[:2]
    _, _, _, slipped_h, slipped_w1 = by_hand(x, y, w2, *gates, y_pred)
    return grad_y_pred, grad_w2, arrived, slipped_h, slipped_w1


right = backward(x, y, w2, *forward(x, w1, w2))
slipped = backward_with_slip(x, y, w2, *forward(x, w1, w2))

print("entry           witness      yours   the slip")
for which, row, column in entries:
    label = f"w{which + 1}[{row}, {column}]"
    cells = [
        witness(which, row, column),
        right[(4, 1)[which]][row, column],
        slipped[(4, 1)[which]][row, column],
    ]
    print(f"{label:12} {cells[0]:10.1f} {cells[1]:10.1f} {cells[2]:10.1f}")
error = np.abs(slipped[4] - right[4]).max() / np.abs(right[4]).max()
print(f"\ngrad_w1 with the slip is off by {error:.0%} of its largest entry")

# %% role="figure" name="gates_drawn"
figures.gates({"your gates": right[3], "the original's gates": slipped[3]})

# %% [markdown] role="prose" name="after_the_slip"
# Dark means open. The picture shows 16 examples and 24 hidden units. Both patterns are about half dark, and they have
# little to do with each other.
#
# Look at the table again. Some entries with the slip even have the wrong sign. Now make a bet, before you go on: can a
# network learn anything with these gradients?

# %% [markdown] role="prose" name="about_train"
# ## The training loop
#
# About 10 minutes. Write `train`. Inputs are the data `x`, `y`, the weights `w1`, `w2`, the *learning rate* `lr`, and
# the number of `steps`. In each step:
#
# 1. run your `forward`,
# 2. compute the loss and remember it,
# 3. run your `backward`,
# 4. change both weights: subtract `lr` times their gradient.
#
# Return the list of losses, one number per step. Each is taken **before** that step's change of the weights. So the
# first entry is the first loss you know.
#
# *Why subtract?* A gradient points uphill: it says where the loss grows. You want to go down.
#
# *Why `lr`?* A gradient says how steep it is, not how far to go. It holds for tiny nudges only. The weights here are
# around 1, and their gradients are in the thousands for `w1` and in the hundred thousands for `w2`. With `lr` =
# 0.000001, the first step changes a weight of `w1` typically by about a hundredth, and a weight of `w2` by about two
# tenths.
#
# *Why both at the end?* Both gradients belong to the same weights. If you change `w2` first and then compute the
# gradient of `w1` from it, this gradient belongs to neither the old network nor the new one.
#
# **In place.** The caller hands you two arrays and looks at them afterwards. So change these very arrays: `a -= b`
# writes into the array `a`. But `a = a - b` makes a new array and gives it the name `a`, and the caller's array stays
# as it was. The next cell shows the difference.
#
# **The tiny example** with `lr` = 0.01. The first weight in `w2` is 1, and its gradient is −6: 1 − 0.01 · (−6) =
# 1.06. The second becomes −2 − 0.01 · 6 = −2.06. And `w1` becomes 1.16, −0.96, 0.90, 2.08. With these weights the
# loss is no longer 10 but about 5.43. So the list of losses begins with 10 and goes on with 5.43.


# %% role="demonstration" name="in_place"
def new_array(a):
    a = a - 1
    return a


def same_array(a):
    a -= 1
    return a


for function in (new_array, same_array):
    held_by_caller = np.array([5.0, 6.0])
    function(held_by_caller)
    print(f"{function.__name__:10} leaves the caller with", held_by_caller.tolist())


# %% role="exercise" name="train"
def train(x, y, w1, w2, lr, steps):
    """Learn: change w1 and w2 in place, `steps` times, each time a little downhill.

    x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)
    lr: the learning rate, steps: how many times
    -> losses, a list with one number per step, each taken before that step's update
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
check.also(seed=53906)
### END HIDDEN TESTS
check("train")

# %% [markdown] role="prose" name="learn"
# ## Watch it learn
#
# 500 steps on the data of the course. The weights are handed over as copies, so that `w1` and `w2` keep their first
# values and you can run the cell again. The axis of the losses is *logarithmic*: equal distances mean equal factors. On
# an ordinary axis you would see a cliff and then a flat line.

# %% role="demonstration" name="loss_curve"
LR, STEPS = 1e-6, 500
losses = train(x, y, w1.copy(), w2.copy(), LR, STEPS)
for step in (0, 1, 2, 3, 4, 5, 10, 50, 100):
    print(f"step {step:3}: {losses[step]:.6g}")
print(f"step {STEPS - 1}: {losses[-1]:.2g}")
figures.losses({"way 1": losses})

# %% [markdown] role="prose" name="after_the_curve"
# From 32 million to less than a millionth. Your network has learned its 64 examples by heart. That is easy here: it has
# 101,000 weights for 640 numbers. The targets are pure chance, so there is nothing to understand in them. But it proves
# that the learning works.
#
# Did you see that the loss *grows* in steps 2 and 3? That is no mistake. A gradient is exact for tiny nudges only,
# and at the start, where the gradients are enormous, a step with this `lr` is a little too long. It lands on the
# other side of the valley. Then the gradients get smaller, and the steps too. The next cell draws both cases for a
# single weight.

# %% role="figure" name="long_steps_drawn"
figures.step_too_long()

# %% [markdown] role="prose" name="try_other_rates"
# **Try it.** In the cell that trained the network, change `LR` to `1e-7` and run it, then to `1e-5`. Predict first what
# you will see. Then put `1e-6` back.
#
# <details><summary>What you will see</summary>
#
# With `1e-7` the curve is smooth and slow: after 500 steps the loss is still about 9000. With `1e-5` every step is
# far too long. It lands on the other side, higher than before, where the gradients are larger still, so the next step
# is even longer. After a few steps the numbers are too big for the computer. NumPy warns of an *overflow*, and the loss
# is `nan`, "not a number".
#
# </details>

# %% [markdown] role="prose" name="what_the_curve_hides"
# ## What the loss curve hides
#
# Now your bet: can the network learn with the original's slip? The next cell runs *your* `train`, but during this one
# call the name `backward` means the version with the slip.


# %% role="demonstration" name="both_curves"
def train_with_slip(*arguments):
    """Call your train while the name backward means the slip, then put yours back."""
    global backward, by_hand
    by_hand, backward = backward, backward_with_slip
    try:
        return train(*arguments)
    finally:
        backward = by_hand


losses_slip = train_with_slip(x, y, w1.copy(), w2.copy(), 1e-6, 500)
if np.array_equal(losses_slip, losses):
    print("The two runs are equal: your train does not call backward by its name.")

for step in (0, 1, 2, 3, 499):
    print(f"step {step:3}: yours {losses[step]:8.2g}   slip {losses_slip[step]:8.2g}")
figures.losses({"your gradient": losses, "with the slip": losses_slip})

# %% [markdown] role="prose" name="after_both_curves"
# It learns. In the first steps it even looks better than yours. If you saw this curve alone, would you look for a
# mistake? From 32 million to below 1: most people would be content.
#
# That is the main lesson of this notebook. **A falling loss does not show that the gradient is right.** Wrong
# gradients often point downhill a little, and that is enough for a falling curve. The right one takes the same
# network a million times further. A gradient check finds such a mistake in seconds. The loss curve hides it.

# %% [markdown] role="prose" name="look_back"
# ## A look back
#
# You have written a neural network, its loss, its gradients and its training in about 25 lines. Nothing in it is
# hidden from you.
#
# What was tedious? Probably the backward pass: for every line on the way forward there is a line on the way back, and
# each is a chance for a slip. And all of it runs on the processor, with one number format.
#
# - **Way 2** writes the same with PyTorch's *tensors*. They can live on a graphics card. You still do the mathematics
#   by hand.
# - **Way 3** lets PyTorch do the backward pass. By then you will know what it does for you.

# %% [markdown] role="prose" name="question"
# ## Explain it
#
# About 8 minutes, 5 points, read by a person. Answer in your own words, in about eight sentences. No formulas are
# needed.
#
# 1. Why must the gate on the way back be set by the sign of `h`, and not by the sign of the gradient? Say what becomes
#    of a small nudge in a unit with negative `h`.
# 2. With the slip, `grad_w1` is wrong, and yet the loss falls. How can that be? Think of which gradients the slip
#    leaves alone, and of what is left of `grad_w1`.
# 3. A friend shows you a network with a nicely falling loss and asks: "Are my gradients right?" What do you tell the
#    friend to do?

# %% [markdown] role="written" name="explain"
# **Your answer**
#
# ### BEGIN SOLUTION
# 1. A unit with negative `h` gives 0 after the ReLU. If `h` is nudged a little, it still gives 0, so the loss does
#    not change and the gradient with respect to `h` must be 0. If `h` is positive, the nudge arrives unchanged, so
#    the gradient must pass unchanged, whether it is positive or negative. The sign of the gradient says in which
#    direction to go; it does not say whether the unit was on.
# 2. The slip does not touch `grad_w2`, so the second layer still learns correctly, and it alone can lower the loss a
#    lot. And of the hidden gradient `grad_h`, 56 % of the entries are still right: 31 % where the unit is on and the
#    gradient positive, 25 % where the unit is off and the gradient negative, so that both rules write 0. So the wrong
#    `grad_w1` points roughly the way of the right one (the cosine of the angle between them is 0.70). A step still goes
#    downhill, only not in the steepest direction. A falling loss needs no more than that.
# 3. Do a gradient check: choose a few weights, nudge each up and down by a little, and divide the difference of the
#    two losses by the distance. The result must agree with the gradient in several digits, in every array of weights.
# ### END SOLUTION
#
# ### BEGIN MARK SCHEME
# 5 points in all; half points may be given.
#
# - 2 points, question 1: one for "off: a small nudge of `h` changes nothing, so the gradient is 0"; one for "on: it
#   passes unchanged whatever its sign".
# - 2 points, question 2: one for "`grad_w2` is untouched, the second layer learns correctly"; one for "what is left
#   of `grad_w1` still points partly downhill" (or: shares right entries with the true gradient). "Because the network
#   is big enough to fit anything", with nothing else, gives half a point.
# - 1 point, question 3: finite differences or another independent gradient check on a few weights of every layer.
#   "Look at the loss longer" gives 0.
#
# Formulas, language and length are not judged.
# ### END MARK SCHEME

# %% [markdown] role="prose" name="next"
# ## Hand in
#
# Choose *Kernel > Restart Kernel and Run All Cells…* once, to see that everything works from top to bottom. (It stops at
# a check that has not passed. You may hand in nevertheless.) The cell below sums up the points of your checks. Then save
# the notebook: this file is what you hand in.
#
# Next comes [way 2: the same network with tensors](../way2_tensors/way2_tensors.ipynb).

# %% role="demonstration" name="progress"
from course import check

check.progress()
