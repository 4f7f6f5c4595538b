# %% [markdown] role="prose" name="intro"
# # Way 3: let autograd go backward
#
# In ways 1 and 2 you wrote the way back by hand, one line for each line of the way forward. That is slow work, and
# one wrong mask can hide behind a falling loss. In this notebook PyTorch does it. The tool is called *autograd*:
# automatic gradients.
#
# It does not guess and it does not nudge. It *remembers* each operation of the forward pass and knows the derivative of
# each one. Then it goes back and multiplies them, as you did.
#
# You will
#
# 1. make weights that record what is done with them,
# 2. write the loss so that nothing of this record is lost,
# 3. get the gradients, and compare them with those you found by hand,
# 4. train. There are two mistakes that everybody makes once. You meet both on purpose, before you write the loop.
#
# Plan 60 to 80 minutes. You need what ways 1 and 2 taught: what a gradient says, and what "in place" means.
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
check = start("way3_autograd", device=DEVICE)

# %% [markdown] role="prose" name="shapes"
# ## First the shapes
#
# The network has not changed: `x` times `w1`, the ReLU, times `w2`, compare with `y`. The original computed in
# float32. We use float64, so that your losses agree with those printed here in all digits shown.
#
# This time, add a column: *does anybody need the gradient of this tensor for learning?* Fill in the table on paper.
#
# | tensor | shape | made by you, or computed? | gradient needed for learning? |
# |---|---|---|---|
# | `x` | ? | ? | ? |
# | `y` | ? | ? | ? |
# | `w1` | ? | ? | ? |
# | `h`, `h_relu` | ? | ? | ? |
# | `w2` | ? | ? | ? |
# | `y_pred` | ? | ? | ? |
# | `loss` | ? | ? | ? |
#
# <details><summary>Show the answers</summary>
#
# | tensor | shape | made by you, or computed? | gradient needed for learning? |
# |---|---|---|---|
# | `x` | (64, 1000) | made | no, the data do not change |
# | `y` | (64, 10) | made | no |
# | `w1` | (1000, 100) | made | **yes** |
# | `h`, `h_relu` | (64, 100) | computed | only on the way to `w1` |
# | `w2` | (100, 10) | made | **yes** |
# | `y_pred` | (64, 10) | computed | only on the way to the weights |
# | `loss` | one number, no axes | computed | it is the start |
#
# Two tensors out of all these need to keep a gradient. Remember this table: it is what autograd works with.
#
# </details>

# %% [markdown] role="prose" name="predict"
# ## Predict the first loss
#
# Two guesses before you start.
#
# 1. You use the data and weights of way 1, and let autograd do the backward pass. What is the first loss: the same as
#    in ways 1 and 2, or another one?
# 2. And the losses after that, at steps 1, 2, 3: the same, nearly the same, or quite different?
#
# <details><summary>Show the reasoning</summary>
#
# 1. The same, 3.15195e+07. The forward pass does not change. (Drawn anew, it would be around 32 million. The original
#    printed `36386432.0` here, an ordinary draw in float32.)
# 2. The same, if your gradients by hand were right. A gradient belongs to the network, not to the method that finds it.
#
# </details>

# %% [markdown] role="prose" name="graph"
# ## The graph
#
# Every operation on tensors makes a new tensor from old ones. Draw an arrow from the old ones to the new one, for all
# operations, and you have the *computation graph*. Each tensor is a node of it. The next cell draws the graph of our
# network.
#
# Solid arrows show the way forward. Dashed arrows show the way back: the gradient starts at the loss and flows against
# the solid arrows, but only along routes that lead to a weight. No dashed arrow goes to `x` or `y`: nobody asked for
# these gradients.

# %% role="figure" name="graph_drawn"
figures.graph()

# %% [markdown] role="prose" name="tensor_that_records"
# ## A tensor that records
#
# Three words are enough to talk about the graph.
#
# - A tensor with `requires_grad=True` **records**: every operation on it is remembered, and so is every operation on
#   the results.
# - A **leaf** is a tensor that you made, at the edge of the graph. It was not computed from recording tensors.
# - `grad_fn` is the record: a computed tensor knows the operation it came from. A leaf has none.
#
# When you call `.backward()` on a number at the end of the graph, autograd goes back to the leaves. It puts the
# gradient of each recording leaf into its `.grad`. That is what "a tensor is a node, and `x.grad` holds the
# derivative of the loss with respect to `x`" means in the original.
#
# **Do this on paper.** Take a = 3 and b = 2.
#
# ```text
#  c = a · b      c = ?      derivative of e with respect to d:  2·d       = ?
#  d = c - 10     d = ?      with respect to c:  the same                  = ?
#  e = d²         e = ?      with respect to a:  that, times b             = ?
#                            with respect to b:  that, times a             = ?
# ```
#
# Then run the cell and compare.

# %% role="demonstration" name="small_graph"
a = torch.tensor(3.0, requires_grad=True)
b = torch.tensor(2.0, requires_grad=True)
c = a * b
d = c - 10
e = d**2
print("forward: c =", c.item(), " d =", d.item(), " e =", e.item())

e.backward()
print("back:    gradient of a =", a.grad.item(), " of b =", b.grad.item())

for name, node in {"a": a, "c": c, "d": d, "e": e}.items():
    print(f"{name}: leaf {node.is_leaf}, grad_fn {type(node.grad_fn).__name__}")

# %% [markdown] role="prose" name="about_make_weights"
# ## Make the weights
#
# About 5 minutes. Write `make_weights`. It gets `d_in`, `d_h`, `d_out`, a `dtype` and a `device`. It returns `w1`
# (`d_in`, `d_h`) and `w2` (`d_h`, `d_out`): random numbers around zero, for instance standard normal ones, with this
# dtype, on this device, as **leaves that record gradients**.
#
# All functions that make tensors, such as `zeros`, `ones`, `rand` and `randn`, understand `requires_grad=` beside
# `dtype=` and `device=`.
#
# Note the word *leaf*. If you make a recording tensor and then compute with it, for instance to scale it or to move
# it to another device, the result is a computed tensor. It is not a leaf, and its `.grad` stays empty. So finish the
# numbers first, and switch on recording last. The next cell shows both orders.
#
# **A tiny example.** `make_weights(2, 3, 1, …)` returns six numbers of shape (2, 3) and three numbers of shape (3,
# 1). Four questions must have the answer yes: does `w1` record, is it a leaf, and the same for `w2`.

# %% role="demonstration" name="leaf_or_not"
computed = torch.ones(2, 3, requires_grad=True) * 0.5
print("recording first, then scaled: leaf", computed.is_leaf, " records", computed.requires_grad)

made = (torch.ones(2, 3) * 0.5).requires_grad_()
print("scaled first, then recording: leaf", made.is_leaf, "  records", made.requires_grad)


# %% role="exercise" name="make_weights"
def make_weights(d_in, d_h, d_out, dtype, device):
    """Draw two weight matrices, random around zero, as leaves that record gradients.

    dtype: the number format of both, device: where both live
    -> w1 (d_in, d_h), w2 (d_h, d_out)
    """
    ### BEGIN SOLUTION
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return w1, w2
    ### END SOLUTION


# %% role="check" name="check_make_weights"
### BEGIN HIDDEN TESTS
check.also(seed=64078)
### END HIDDEN TESTS
check("make_weights")

# %% [markdown] role="prose" name="same_numbers"
# ## The same start as before
#
# To compare with ways 1 and 2 you need their numbers. The cell takes the data from `same_draw()`. For the weights it
# defines a function that returns a fresh pair of recording leaves whenever you ask, always with the first values of
# way 1. That is handy, because training changes them.

# %% role="demonstration" name="draw"
x, y = (torch.from_numpy(array).to(DEVICE, DTYPE) for array in same_draw()[:2])


def fresh_weights():
    """Return new leaves with the weights that way 1 started from."""
    place = {"dtype": DTYPE, "device": DEVICE, "requires_grad": True}
    return [torch.tensor(array, **place) for array in same_draw()[2:]]


w1, w2 = fresh_weights()
for name, tensor in {"x": x, "y": y, "w1": w1, "w2": w2}.items():
    print(f"{name:2}  {tuple(tensor.shape)}  records {tensor.requires_grad}")

# %% [markdown] role="prose" name="about_loss"
# ## The loss as a tensor
#
# About 6 minutes. Write `loss_fn`. Inputs are `x` (`n`, `d_in`), `y` (`n`, `d_out`), `w1` (`d_in`, `d_h`) and `w2`
# (`d_h`, `d_out`). It does the whole forward pass and returns the sum of the squared differences as a **tensor
# without axes**, still connected to the graph.
#
# You do not have to keep `h` and `h_relu` any more. You needed them for the way back, and now autograd keeps what it
# needs. So you may write the forward pass in one line, as the original does, or in several.
#
# What you must not do is cut the graph. These cut it:
#
# - `item()` gives a plain number. A number has no record. Use it for printing, after the loss is computed.
# - `detach()`, `.data` and `.numpy()` give the numbers without the record.
# - Everything inside `torch.no_grad()` is computed without a record, even if the inputs record.
#
# The next cell cuts a small graph in each of these ways.
#
# **The tiny example** of way 1, once more:
#
# ```text
#      x          w1          h        h_relu      w2     y_pred     y     loss
#  [ 1   2 ]  [ 1  -1 ]  [ 3   3 ]  [ 3   3 ]  [  1 ]  [ -3 ]  [ -4 ]  1² + (-3)²
#  [ 3  -1 ]  [ 1   2 ]  [ 2  -5 ]  [ 2   0 ]  [ -2 ]  [  2 ]  [  5 ]    = 10
# ```
#
# Your function returns a tensor that holds the 10.

# %% role="demonstration" name="graph_cut"
a = torch.tensor(3.0, requires_grad=True)
print("a * 2 records:          ", (a * 2).requires_grad)
print("detached, it records:   ", (a * 2).detach().requires_grad)
with torch.no_grad():
    print("inside no_grad:         ", (a * 2).requires_grad)

print("item() gives a", type((a * 2).item()).__name__)
try:
    (a * 2).item().backward()
except AttributeError as error:
    print("AttributeError:", error)
try:
    (a * 2).detach().backward()
except RuntimeError as error:
    print("RuntimeError:", str(error)[:50], "…")


# %% role="exercise" name="loss_fn"
def loss_fn(x, y, w1, w2):
    """Run the network and return the sum of all squared differences, ready to go backward from.

    x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)   -> a tensor without axes
    """
    ### BEGIN SOLUTION
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).sum()
    ### END SOLUTION


# %% role="check" name="check_loss_fn"
### BEGIN HIDDEN TESTS
check.also(seed=15469)
### END HIDDEN TESTS
check("loss_fn")

# %% [markdown] role="prose" name="first_loss_text"
# ## Your first loss
#
# Here is the answer to your first guess. The last line walks back through the graph, from the loss to the first
# operation. Read it from left to right: it is your forward pass, last operation first.

# %% role="demonstration" name="first_loss"
first = loss_fn(x, y, w1, w2)
print(f"first loss: {first.item():.6g}   (ways 1 and 2 printed 3.15195e+07)")
print("axes:", first.dim(), " records:", first.requires_grad)

trail, node = [], first.grad_fn
while node is not None:
    trail.append(type(node).__name__.partition("Backward")[0])
    node = node.next_functions[0][0] if node.next_functions else None
print("back from the loss:", " > ".join(trail))

# %% [markdown] role="prose" name="gradients_add_up"
# ## Gradients add up
#
# `.backward()` does not *write* the gradient into `.grad`. It **adds** it to what is there. That is useful in bigger
# programs, when several losses share a weight. In a training loop it is a trap: the old gradients stay in the sum.
#
# So the old gradient must go. The original calls `zero_()` on the gradient of each weight, and its author remarks
# that this function is not in the manual. It is there, if you know where to look. A gradient is itself a tensor, so its
# methods are those of `Tensor`: look for `Tensor.zero_`. The **trailing underscore** is a rule of PyTorch's names.
# `a.add(1)` makes a new tensor. `a.add_(1)` changes `a` itself, in place. So `zero_()` fills a tensor with zeros, in
# place.
#
# And before the first `.backward()` there is no gradient at all. `.grad` is then `None`, and `None` has no `zero_`.
# Another way to get rid of a gradient is to set it to `None` yourself: `a.grad = None`. The next `.backward()` then
# makes a new one.
#
# **On paper first.** a = 3, and f = a² with the derivative 2a = 6. What is in `a.grad` after going back once, twice, and then,
# after zeroing, once more?

# %% role="demonstration" name="adding_up"
a = torch.tensor(3.0, requires_grad=True)
print("before:            ", a.grad)
try:
    a.grad.zero_()
except AttributeError as error:
    print("zeroing too early: ", error)

(a**2).backward()
print("after going back:  ", a.grad.item())
(a**2).backward()
print("and once more:     ", a.grad.item())
a.grad.zero_()
print("zeroed:            ", a.grad.item())
(a**2).backward()
print("and back again:    ", a.grad.item())

b = torch.tensor([1.0, 2.0])
b.add(10)
print("after add:  ", b.tolist())
b.add_(10)
print("after add_: ", b.tolist())

# %% [markdown] role="prose" name="about_gradients"
# ## Ask for the gradients
#
# About 7 minutes. Write `gradients`. Inputs are as for `loss_fn`. It returns `grad_w1` (`d_in`, `d_h`) and `grad_w2`
# (`d_h`, `d_out`), found by autograd.
#
# Called twice with the same weights, it must return the same answer twice. Think of three things:
#
# - Something may be left in `.grad` from an earlier call.
# - At the very first call there is nothing in it, not even a zero.
# - The tensor you return should stay as it is. If it is the tensor in `.grad` itself, and a later call zeroes that or
#   adds to it in place, the earlier answer changes too. You know the remedy from way 2.
#
# There is also a function `torch.autograd.grad`, which returns the gradients and leaves `.grad` alone. You may use
# either.
#
# **The tiny example.** With the numbers of the section "The loss as a tensor", your function must find what you found
# by hand in way 1: `grad_w1` with the rows −16, −4 and 10, −8, and `grad_w2` with −6 and 6.


# %% role="exercise" name="gradients"
def gradients(x, y, w1, w2):
    """Let autograd find the gradients of the loss; the same call gives the same answer each time.

    x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)
    -> grad_w1 (d_in, d_h), grad_w2 (d_h, d_out)
    """
    ### BEGIN SOLUTION
    w1.grad, w2.grad = None, None
    loss_fn(x, y, w1, w2).backward()
    return w1.grad.clone(), w2.grad.clone()
    ### END SOLUTION


# %% role="check" name="check_gradients"
### BEGIN HIDDEN TESTS
check.also(seed=40951)
### END HIDDEN TESTS
check("gradients")

# %% [markdown] role="prose" name="two_witnesses"
# ## Two witnesses
#
# A tool that does your work should be tested too. There are two witnesses. The first is your way 1: it
# printed some entries of the gradients, found by hand. The second is the meaning of a gradient: nudge the weight up
# and down a little, and see what the loss does.


# %% role="demonstration" name="witnesses"
def witness(which, row, column, nudge=1e-4):
    """Measure one entry of the gradient of w1 (which=0) or w2 (which=1) by nudging that weight."""
    seen = []
    for step in (nudge, -nudge):
        moved = [w.detach().clone() for w in (w1, w2)]
        moved[which][row, column] += step
        seen.append(loss_fn(x, y, *moved).item())
    return (seen[0] - seen[1]) / (2 * nudge)


found = gradients(x, y, w1, w2)
print("entry          autograd      way 1     nudged")
for which, row, column, way1 in (
    (0, 0, 0, -2264.8),
    (0, 500, 50, -16470.4),
    (0, 999, 99, 9042.1),
    (1, 0, 0, -135630.1),
    (1, 99, 9, -6815.1),
):
    value = found[which][row, column].item()
    label = f"w{which + 1}[{row}, {column}]"
    print(f"{label:12} {value:10.1f} {way1:10.1f} {witness(which, row, column):10.1f}")

# %% [markdown] role="prose" name="after_two_witnesses"
# All three agree. Do you remember the slip with the mask? Here it cannot happen: autograd takes the gate from the
# forward pass, because that is what it recorded. (Exactly at 0 it has to choose a derivative. PyTorch's ReLU takes 0.)

# %% [markdown] role="prose" name="update_without_recording"
# ## Update without recording
#
# The update changes the weights. But the weights record everything that is done to them, and an update is not part of
# the network. If it were recorded, the graph would reach back through all steps of the training. So PyTorch forbids
# it: you may not change a recording leaf in place.
#
# Inside `with torch.no_grad():` nothing is recorded, even if the tensors have `requires_grad=True`. There the change
# is allowed, and the weight stays the leaf it was.
#
# A tempting way around the error is to make a new tensor, as in `a = a - 0.1`. There is no error, but look at the last
# line of the output: the new `a` is a computed tensor. It is not a leaf, and it gets no `.grad`. The next step of the
# training would fail.

# %% role="demonstration" name="update_in_three_ways"
a = torch.tensor([1.0, 2.0], requires_grad=True)
try:
    a -= 0.1
except RuntimeError as error:
    print("recorded, in place: RuntimeError:", str(error)[:40], "…")

with torch.no_grad():
    a -= 0.1
print("inside no_grad:     leaf", a.is_leaf, " records", a.requires_grad)
print("                    values", np.round(a.tolist(), 6).tolist())

a = a - 0.1
print("a new a:            leaf", a.is_leaf, " records", a.requires_grad)

# %% [markdown] role="prose" name="predict_step_three"
# ## Predict step 3
#
# What happens if you forget to zero the gradients? Work it out on one number: f = a², derivative 2a, start at a = 1,
# learning rate 0.1. Each step subtracts 0.1 times `a.grad` from a.
#
# | step | a, with zeroing | loss a² | a, never zeroed | content of `a.grad` | loss a² |
# |---|---|---|---|---|---|
# | 0 | 1 | 1 | 1 | 2 | 1 |
# | 1 | 0.8 | 0.64 | 0.8 | 2 + 1.6 = 3.6 | 0.64 |
# | 2 | 0.64 | 0.4096 | ? | ? | ? |
# | 3 | 0.512 | 0.2621 | ? | ? | ? |
# | 4 | 0.4096 | 0.1678 | ? | ? | ? |
#
# From which step on do the losses differ? And is "never zeroed" better or worse?
#
# <details><summary>Show the answers</summary>
#
# | step | a, never zeroed | content of `a.grad` | loss a² |
# |---|---|---|---|
# | 2 | 0.8 − 0.36 = 0.44 | 3.6 + 0.88 = 4.48 | 0.1936 |
# | 3 | 0.44 − 0.448 = −0.008 | 4.48 − 0.016 = 4.464 | 0.000064 |
# | 4 | −0.008 − 0.4464 = −0.4544 | 4.464 − 0.9088 = 3.5552 | 0.2065 |
#
# They differ from **step 2** on. The loss of step 0 comes before any update, and the first update uses the first
# gradient alone. At first "never zeroed" even looks better. Then a runs through the lowest point and up on the other
# side, because the old gradients still push.
#
# </details>

# %% [markdown] role="prose" name="about_train"
# ## The training loop
#
# About 12 minutes. Write `train`. Inputs are `x`, `y`, two recording leaves `w1` and `w2`, the learning rate `lr` and
# the number of `steps`. Each step has four parts:
#
# 1. compute the loss, and remember it as a plain number,
# 2. go backward from the loss,
# 3. without recording: subtract from each weight `lr` times its gradient, in place,
# 4. zero both gradients, so that the next step starts from nothing.
#
# It returns the list of losses, one number per step, each taken before that step's update. Afterwards `w1` and `w2`
# are the same leaves as before, with other numbers in them.
#
# Think about part 4 before you write it. What would happen if you zeroed between parts 2 and 3? And what if you
# zeroed at the very start of the first step?
#
# <details><summary>Show the answers</summary>
#
# Between 2 and 3: the gradient is gone before it is used, so the weights never move and the loss stays the same. At
# the very start: there is no gradient yet, `.grad` is `None`, and you get the error you saw above.
#
# </details>
#
# **The tiny example** with `lr` = 0.01: the losses begin with 10 and 5.43. `w2` becomes 1.06 and −2.06 after one
# step.


# %% role="exercise" name="train"
def train(x, y, w1, w2, lr, steps):
    """Learn: change the leaves w1 and w2 in place, `steps` times, with gradients from autograd.

    x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out)
    lr: the learning rate, steps: how many times
    -> losses, a list with one Python float per step, each taken before that step's update
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses
    ### END SOLUTION


# %% role="check" name="check_train"
### BEGIN HIDDEN TESTS
check.also(seed=73618)
### END HIDDEN TESTS
check("train")

# %% [markdown] role="prose" name="learn"
# ## Watch it learn
#
# 500 steps, as before. The black rings are the losses of ways 1 and 2. This is the answer to your second guess.

# %% role="demonstration" name="loss_curve"
losses = train(x, y, *fresh_weights(), 1e-6, 500)
for step in (0, 1, 2, 3, 10, 50, 100):
    print(f"step {step:3}: {losses[step]:.6g}")
print(f"step 499: {losses[-1]:.2g}")
figures.losses({"way 3": losses}, beside={"ways 1 to 3": "ways 1 and 2"})

# %% [markdown] role="prose" name="forgotten_zeros"
# ## Forgotten zeros
#
# On paper you saw one number run past the lowest point. What does the whole network do if the gradients are never
# zeroed? The next cell imitates it with your `gradients`: it adds up all gradients and updates with the sum. Guess
# first: will the curve be above or below the right one, after 3 steps and after 100?

# %% role="demonstration" name="never_zeroed"
weights, pile, losses_piled = fresh_weights(), [0, 0], []
for _ in range(101):
    losses_piled.append(loss_fn(x, y, *weights).item())
    pile = [old + new for old, new in zip(pile, gradients(x, y, *weights), strict=True)]
    weights = [(w - 1e-6 * p).detach().requires_grad_() for w, p in zip(weights, pile, strict=True)]

for step in (0, 1, 2, 3, 10, 100):
    print(f"step {step:3}: zeroed {losses[step]:8.3g}  never {losses_piled[step]:8.3g}")
figures.losses({"zeroed in every step": losses[:101], "never zeroed": losses_piled})

# %% [markdown] role="prose" name="after_forgotten_zeros"
# Steps 0 and 1 are equal, as you predicted, and step 2 even looks better. So the first two losses prove nothing. That is
# why the check of `train` looks at more steps.

# %% [markdown] role="prose" name="look_back"
# ## A look back
#
# | job | way 2 | way 3 |
# |---|---|---|
# | keep `h` and `h_relu` for the way back | you do | the graph does |
# | backward pass | six lines by hand | one call |
# | update | two lines | two lines, without recording |
# | zero the gradients | not needed: each was computed anew | two lines |
#
# You gave away the part where most mistakes happen, and took on two small duties: `no_grad` and zeroing. The graph
# also costs memory, because everything that the way back needs is kept from the forward pass until then.
#
# Suppose you add a third layer now. In way 2 you would need new formulas. Here you change one line of the forward
# pass, and the update. In way 4 the layers become objects, and a network of any length has one and the same update.

# %% [markdown] role="prose" name="question"
# ## Explain it
#
# About 8 minutes, 5 points, read by a person. Each of three friends has one mistake in the training. For each, say
# what the friend will *see* (an error, or which losses), and why.
#
# 1. The first updates the weights outside `no_grad`.
# 2. The second never zeroes the gradients. Say also at which steps the losses still agree with yours.
# 3. The third returns `loss.item()` from `loss_fn`.
#
# And a last question: in way 1 you had to decide which entries of the gradient pass the ReLU. Where does autograd get
# this from?

# %% [markdown] role="written" name="explain"
# **Your answer**
#
# ### BEGIN SOLUTION
# 1. An error at the first update. The weights are leaves that record, and an update in place would be recorded as a
#    part of the network. PyTorch refuses to change such a leaf in place. (Written as `w1 = w1 - …`, there is no error
#    at once, but the new `w1` is not a leaf, so it has no `.grad`, and the next step fails.)
# 2. No error. `.backward()` adds to `.grad`, so each update uses the sum of all gradients so far. The losses of steps
#    0 and 1 agree: loss 0 comes before any update, and the first update uses the first gradient alone. From step 2 on
#    they differ. At first the loss may fall faster, then the weights run past the lowest point, and the loss goes up
#    and down and may grow without end.
# 3. An error at `.backward()`: a Python number has no such method. `item()` gives only the number, and the record of how
#    it was computed is lost.
# 4. From the forward pass. When the ReLU is computed, autograd records which entries were positive (or what it needs
#    to know that). On the way back it lets the gradient pass in these places only.
# ### END SOLUTION
#
# ### BEGIN MARK SCHEME
# 5 points in all; half points may be given.
#
# - 1 point, question 1: an error (a leaf may not be changed in place), or for the rebinding version: no `.grad` in
#   the next step. The reason must mention recording.
# - 2 points, question 2: one for "gradients add up, no error, the losses become wrong"; one for "steps 0 and 1 agree,
#   from step 2 on they differ" with the reason.
# - 1 point, question 3: an error at `.backward()`, because a number has no history.
# - 1 point, last question: from the forward values (the sign of `h`), recorded during the forward pass. "Autograd
#   knows it" gives 0.
# ### END MARK SCHEME

# %% [markdown] role="prose" name="next"
# ## Hand in
#
# Choose *Kernel > Restart Kernel and Run All Cells…* once, to see that everything works from top to bottom. The cell below
# sums up the points of your checks. Then save the notebook: this file is what you hand in.
#
# Next comes [way 4: layers from `torch.nn`](../way4_sequential/way4_sequential.ipynb).

# %% role="demonstration" name="progress"
from course import check

check.progress()
