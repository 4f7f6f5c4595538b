# %% [markdown] role="prose" name="intro"
# # Way 4: layers from `torch.nn`
#
# In way 3 you gave the backward pass to autograd. You still made the weights yourself, and you still wrote the
# products of the forward pass. In this lesson `torch.nn` does both. You say *which* layers the network has, in
# which order, and PyTorch makes the weights and calls the layers one after the other.
#
# You will
#
# 1. build the network as a chain of layers,
# 2. make a loss object,
# 3. write the backward pass of one linear layer by hand, so that you know what the layer does for you,
# 4. train with one loop over all parameters.
#
# Plan 75 to 95 minutes. You need what way 3 taught: what a leaf is, what `.backward()` fills in, and why an update
# happens inside `no_grad`.
#
# **How it works.** Run a cell with Shift+Enter. In a blank, write your lines where it says `# YOUR CODE HERE`, delete
# the line with `raise`, run the cell, and then the check below it. At the end you save this notebook and hand it in.
# [START](../START.ipynb) says more.

# %% role="setup" name="setup"
try:
    from course import same_draw, start
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
N, D_IN, D_H, D_OUT = 64, 1000, 100, 10
check = start("way4_sequential")

# %% [markdown] role="prose" name="about_setup"
# The line with `set_default_dtype` says: use float64 unless something else is asked for. Without it PyTorch uses float32,
# and so did the original of this course. Both are fine for training. Float64 keeps more digits, so that your losses
# agree with ours in all digits shown, on any machine.

# %% [markdown] role="prose" name="picture"
# ## The picture and the shapes
#
# The network is the one you know. Only its description is new: three layers in a chain.
#
# ```text
#       layer 0          layer 1              layer 2
#  x ─► linear ─► h ─►    ReLU   ─► h_relu ─► linear ─► y_pred ─► loss ◄─ y
#       weight        (no weights)            weight
#       bias                                  bias
# ```
#
# Two things are different from ways 1 to 3:
#
# - A linear layer has a **bias**: one number per output, added to every row. It computes
#   `x @ weight.T + bias`.
# - A linear layer stores its `weight` with the **outputs first**: shape (out, in). Our `w1` had the inputs first. That
#   is why the formula has a `.T` in it.
#
# Before any code, fill in the shapes on paper, for `N, D_IN, D_H, D_OUT = 64, 1000, 100, 10`.
#
# | quantity | shape in way 3 | shape in way 4 |
# |---|---|---|
# | `x` | (64, 1000) | ? |
# | weight of layer 0 | (1000, 100) | ? |
# | bias of layer 0 | – | ? |
# | `h` and `h_relu` | (64, 100) | ? |
# | weight of layer 2 | (100, 10) | ? |
# | bias of layer 2 | – | ? |
# | `y_pred` | (64, 10) | ? |
# | loss | one number | ? |
#
# And one more question: how many numbers does the network learn in all?
#
# <details><summary>Show the answers</summary>
#
# | quantity | shape in way 4 |
# |---|---|
# | `x` | (64, 1000): the data do not change |
# | weight of layer 0 | (100, 1000): outputs first |
# | bias of layer 0 | (100,): one number per hidden unit |
# | `h` and `h_relu` | (64, 100) |
# | weight of layer 2 | (10, 100) |
# | bias of layer 2 | (10,) |
# | `y_pred` | (64, 10) |
# | loss | one number |
#
# The network learns 100·1000 + 100 + 10·100 + 10 = 101,110 numbers. In way 3 there were 101,000: the 110 biases are new.
#
# </details>

# %% [markdown] role="prose" name="predict"
# ## Predict the first loss
#
# This lesson prints two first losses. Write down a guess for both.
#
# 1. First you copy the weights of way 1 into the new model, and set the biases to zero. What will the loss be?
# 2. Then the model keeps the numbers that `torch.nn` gives a new layer. Those are small: a linear layer draws its weight
#    and its bias uniformly between $-1/\sqrt{\text{in}}$ and $+1/\sqrt{\text{in}}$, where `in` is the number of inputs of
#    the layer. Is the loss now closer to 30 million, to 700 or to 0?
#
# The tool for the second guess is the *mean square*: the average of the squares of many random numbers. A sum of k
# products of independent numbers with mean zero has k times the mean square of one product. A ReLU sets half of them to
# zero, so it halves the mean square.
#
# <details><summary>Show both, worked out</summary>
#
# 1. Exactly the first loss of ways 1 to 3. Same numbers, same sums, and a bias of zero adds nothing. For weights
#    from `randn` (mean square 1) its size is: `h` has mean square `D_IN` = 1000, `h_relu` has 500, `y_pred` has
#    100 · 500 = 50,000. The loss adds up 64 · 10 = 640 squares: 640 · 50,000 = 32 million.
# 2. A number drawn uniformly between −a and a has mean square a²/3. So the weights of layer 0 have mean square
#    1/3000, those of layer 2 have 1/300, and so on through the chain:
#
# | quantity | mean square |
# |---|---|
# | `h` | 1000 · 1/3000 + 1/3000 ≈ 0.333 |
# | `h_relu` | half of it, ≈ 0.167 |
# | `y_pred` | 100 · 0.167 · 1/300 + 1/300 ≈ 0.059 |
# | `y_pred` minus `y` | 0.059 + 1 |
#
# The loss is about 640 · 1.059 ≈ 678. The predictions are close to 0, so the loss is little more than the sum of the
# squares of `y`.
#
# </details>

# %% [markdown] role="prose" name="about_draw"
# ## The data and the weights of way 1
#
# All six lessons use one draw of random numbers. `same_draw()` returns it as NumPy arrays. Here you need tensors.

# %% role="demonstration" name="draw"
x, y, w1, w2 = (torch.from_numpy(array) for array in same_draw())
for name, tensor in {"x": x, "y": y, "w1": w1, "w2": w2}.items():
    print(f"{name:2}  {tuple(tensor.shape)}  {tensor.dtype}")

# %% [markdown] role="prose" name="one_layer"
# ## One linear layer
#
# `torch.nn.Linear(2, 3)` makes one layer with 2 inputs and 3 outputs. Note the order: **inputs first** when you make it,
# outputs first in the shape of its weight. The layer is an object. You call it like a function.
#
# Do this one on paper before you run the next cell:
#
# ```text
# one row of x = [1, 2]        weight = [ 1   0 ]       bias = [10, 20, 30]
#                                       [ 0   1 ]
#                                       [ 1  -1 ]
# ```
#
# Each row of `weight` makes one output: its product with the row of x, plus its bias. The first output is
# 1·1 + 2·0 + 10 = 11. What are the other two?

# %% role="demonstration" name="one_layer_called"
layer = torch.nn.Linear(2, 3)
layer.load_state_dict(
    {
        "weight": torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, -1.0]]),
        "bias": torch.tensor([10.0, 20.0, 30.0]),
    }
)
row = torch.tensor([[1.0, 2.0]])
print("shape of the weight:", tuple(layer.weight.shape))
print("layer(row) =", layer(row).tolist())

rows = torch.zeros(5, 2)
print("five rows in, shape out:", tuple(layer(rows).shape))

try:
    layer(torch.zeros(5, 4))
except RuntimeError as error:
    print("five rows of length 4:", type(error).__name__, "-", error)

# %% [markdown] role="prose" name="about_one_layer"
# The layer takes any number of rows. It never asks for `N`. But each row must have the length that the layer was made for.
# Read the error message: 5x4 is what you gave, 2x3 is the weight, already transposed. The inner sizes 4 and 2 do not
# agree. You met this rule in way 1. Whenever two layers do not fit together, the message looks like this.

# %% [markdown] role="prose" name="chain"
# A **chain** is an object too. `torch.nn.Sequential` takes layers, separated by commas, and calls them from left to
# right: what comes out of one goes into the next. The little chain below has nothing to learn. Its first layer computes
# $\log(1 + e^z)$ for each entry $z$. Its second layer makes one flat row out of each example.

# %% role="demonstration" name="small_chain"
small_chain = torch.nn.Sequential(torch.nn.Softplus(), torch.nn.Flatten())
cube = torch.zeros(2, 3, 4)
print("in: ", tuple(cube.shape))
print("out:", tuple(small_chain(cube).shape))
print("every entry is log(2):", bool((small_chain(cube) - np.log(2)).abs().max() < 1e-12))
print(small_chain)

# %% [markdown] role="prose" name="about_make_model"
# ## Build the model
#
# About 5 minutes. Write `make_model(d_in, d_h, d_out)`.
#
# - **In:** three sizes, as integers.
# - **Out:** a model (a `torch.nn.Module`): linear, ReLU, linear, in this order. Both linear layers have a bias, which is
#   what you get if you do not ask for anything else. Called with `x` of shape (n, d_in), it returns `y_pred` of shape
#   (n, d_out), for every n.
#
# **A tiny example to do on paper.** Take `d_in, d_h, d_out = 2, 2, 1` and these numbers:
#
# ```text
# x = [1, 2]    weight 0 = [ 1  1 ]   bias 0 = [0, 1]     weight 2 = [ 2  5 ]   bias 2 = [1]
#                          [ 0 -1 ]
#
# h      = [1·1 + 2·1 + 0,  1·0 − 2·1 + 1] = [3, −1]
# h_relu = [3, 0]
# y_pred = [2·3 + 5·0 + 1] = [7]
# ```
#
# Three things that often go wrong here:
#
# - `torch.nn.ReLU` is a class. A chain wants an object, so the name needs parentheses after it.
# - The chain ends with a linear layer. A ReLU at the end would make negative predictions impossible.
# - Use the three arguments and not `D_IN`, `D_H` and `D_OUT`. The check uses other sizes.

# %% role="exercise" name="make_model"
def make_model(d_in, d_h, d_out):
    """Return the two-layer network as one module with biases.

    d_in, d_h, d_out: sizes (int)   -> torch.nn.Module that turns (n, d_in) into (n, d_out)
    """
    ### BEGIN SOLUTION
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    ### END SOLUTION

# %% role="check" name="check_make_model"
### BEGIN HIDDEN TESTS
check.also(seed=71264)
### END HIDDEN TESTS
check("make_model")

# %% [markdown] role="prose" name="four_parameters"
# ## Four parameters with names
#
# Where are the weights now? You made none, so there is no variable `w1` any more. The model keeps them. They are called
# its **parameters**, and it can list them, with a name for each. The number in front of the name is the place of the
# layer in the chain.

# %% role="demonstration" name="named_parameters"
model = make_model(D_IN, D_H, D_OUT)
total = 0
for name, parameter in model.named_parameters():
    total += parameter.numel()
    shape = str(tuple(parameter.shape))
    print(f"{name:8} {shape:12} leaf: {parameter.is_leaf} records: {parameter.requires_grad}")
print(f"numbers to learn: {total:,}")

# %% [markdown] role="prose" name="about_parameters"
# Compare with your table. There are four: a weight and a bias for layer 0, a weight and a bias for layer 2. Layer 1 is
# missing from the list, because a ReLU has nothing to learn.
#
# All four are leaves that record gradients. That is what you did by hand in way 3 with `requires_grad`. They are
# of the type `torch.nn.Parameter`, which is a tensor that a module knows it has to keep.
#
# A model can also be moved as a whole. `model.to(device)` moves all its parameters to a GPU, if there is one. The original
# left the device out from its fourth way on, and so do these lessons.

# %% [markdown] role="prose" name="about_make_loss"
# ## The loss as an object
#
# In `torch.nn` a loss is an object as well. You use it in two steps. First you **make** it and choose its options. Then
# you **call** it with the data, as often as you like. If you give it the data in the first step, you get an error
# such as `Boolean value of Tensor with more than one value is ambiguous`.
#
# You have to choose what happens to the errors of all the entries. This option is called `reduction`. See what its three
# values do in `torch.nn.L1Loss`, a loss that takes *absolute* differences.

# %% role="demonstration" name="reductions"
prediction = torch.tensor([[1.0, 2.0], [0.0, -1.0]])
target = torch.tensor([[0.0, 2.0], [2.0, 1.0]])
for choice in ["none", "mean", "sum"]:
    absolute_error = torch.nn.L1Loss(reduction=choice)
    print(f"{choice:5}", absolute_error(prediction, target).tolist())
print("if you do not choose:", torch.nn.L1Loss()(prediction, target).item())

# %% [markdown] role="prose" name="make_loss_task"
# ## Build the loss
#
# About 3 minutes. Write `make_loss()`.
#
# - **In:** nothing.
# - **Out:** an object that you can call as `loss_fn(y_pred, y)`. With two tensors of shape (n, d_out) it returns one
#   number, a 0-d tensor that autograd can start from: the **sum** of the **squared** differences, as in ways 1 to 3.
#
# The loss of `torch.nn` for squared differences is `MSELoss`. The M in its name stands for *mean*. So think about what it
# does if you do not choose.
#
# **A tiny example to do on paper.** Take the two tensors of the cell above. The differences are 1, 0, −2, −2. Their squares are
# 1, 0, 4, 4. Your loss must return 9. The mean would be 2.25, which is 4 times too small, because here are 4 entries.

# %% role="exercise" name="make_loss"
def make_loss():
    """Return the summed squared error as an object to call.

    -> callable: two tensors (n, d_out) in, y_pred first, one 0-d tensor out
    """
    ### BEGIN SOLUTION
    return torch.nn.MSELoss(reduction="sum")
    ### END SOLUTION

# %% role="check" name="check_make_loss"
### BEGIN HIDDEN TESTS
check.also(seed=26094)
### END HIDDEN TESTS
check("make_loss")

# %% [markdown] role="prose" name="same_loss_text"
# ## The same first loss once more
#
# Now your first guess is put to the test. With `load_state_dict` a model takes over given numbers. It needs a
# dictionary: the name of each parameter, and a tensor of the right shape. `w1` has the inputs first and the layer has
# the outputs first, so both weights are transposed. The biases become zero.

# %% role="demonstration" name="same_loss"
loss_fn = make_loss()
way1_start = [w1.T, torch.zeros(D_H), w2.T, torch.zeros(D_OUT)]
model.load_state_dict(dict(zip(model.state_dict(), way1_start, strict=True)))
same = loss_fn(model(x), y).item()
print(f"first loss with the weights of way 1: {same:.6g}")
print(f"ways 1 to 3 printed:                  {31519525.12:.6g}")

# %% [markdown] role="prose" name="own_start_text"
# ## A start of its own
#
# And the second guess. The next cell makes a new model and keeps the numbers it starts with. They are random, so the cell
# sets the seed first. With the same seed you get the same model, today and tomorrow.

# %% role="demonstration" name="own_start"
torch.manual_seed(0)
model = make_model(D_IN, D_H, D_OUT)
own = loss_fn(model(x), y).item()
print(f"first loss with a start of its own: {own:.6g}")
print(f"sum of the squares of y alone:      {y.square().sum().item():.6g}")

# %% [markdown] role="prose" name="about_own_start"
# From 30 million to a few hundred, without any training. But nothing got better: the network still predicts noise, only
# smaller noise. A loss says little until you know the loss of a network that has learned nothing.
#
# The original of this course printed 644.19, 614.88 and 699.82 in its ways 4, 5 and 6. It had no seed, so each run gave
# another number. How much do first losses differ? The next cell makes 100 models, each with its own data.

# %% role="demonstration" name="many_starts"
first_losses = []
for seed in range(100):
    torch.manual_seed(seed)
    fresh = make_model(D_IN, D_H, D_OUT)
    first_losses.append(loss_fn(fresh(torch.randn(N, D_IN)), torch.randn(N, D_OUT)).item())
print(f"mean {np.mean(first_losses):.3g}, standard deviation {np.std(first_losses):.2g}")
figures.first_losses(first_losses, own, original="ways 4 to 6", predicted=678)

# %% [markdown] role="prose" name="about_backward"
# ## Backward through one linear layer
#
# Autograd goes back through the chain for you. What does it do inside a linear layer? Write it once by hand, and
# then never again.
#
# About 15 minutes. Write `linear_backward(x, weight, grad_out)`. The layer computed `out = x @ weight.T + bias`. The part
# of the network after it has already sent back `grad_out`: how much the loss grows when an entry of `out` grows.
#
# ```text
#  forward          x ───►  weight, bias  ───► out ───► … ───► loss
#  backward    grad_x ◄─── grad_weight, ◄─── grad_out ◄─── … ◄─── 1
#                            grad_bias
# ```
#
# - **In:** `x` (n, in), what the layer was given. `weight` (out, in), as `torch.nn.Linear` stores it.
#   `grad_out` (n, out), the gradient of the loss with respect to `out`.
# - **Out**, in this order: `grad_x`, `grad_weight`, `grad_bias`. Three tensors, each with the shape of what it is the
#   gradient of. Say these three shapes aloud before you go on.
#
# By hand means: products, sums and transposes. Autograd is switched off in this exercise, and the check tells you if you
# use it.
# Leave the three inputs as they are.
#
# **A tiny example to do on paper.** Two rows, three inputs, two outputs:
#
# ```text
# x = [ 1  0  2 ]     weight = [ 1  2  0 ]     grad_out = [ 1  -1 ]
#     [ 0  1 -1 ]              [ 0 -1  1 ]                [ 2   0 ]
# ```
#
# **The bias.** `bias[0]` is added to `out[0, 0]` and to `out[1, 0]`: once per row. If it grows by 1, both grow by 1. So
# the loss grows by 1 + 2 = 3. For `bias[1]` it is −1 + 0 = −1. The result is `[3, -1]`: the axis of the rows is gone.
#
# **The weight.** `weight[0, 2]` is multiplied by `x[0, 2]` for `out[0, 0]`, and by `x[1, 2]` for `out[1, 0]`. So its
# gradient is 2·1 + (−1)·2 = 0. In the same way `weight[0, 0]` has 1·1 + 0·2 = 1. Work out the other four. Together:
#
# ```text
# grad_weight = [  1  2   0 ]
#               [ -1  0  -2 ]
# ```
#
# **The input.** `x[0, 1]` reaches `out[0, 0]` with the factor `weight[0, 1]` = 2, and `out[0, 1]` with the factor
# `weight[1, 1]` = −1. So its gradient is 1·2 + (−1)·(−1) = 3. Together:
#
# ```text
# grad_x = [ 1  3 -1 ]
#          [ 2  4  0 ]
# ```
#
# Each of the three results is one short expression. You know two of them from way 1, where the weight was transposed. If
# you do not remember which factor is transposed here, do what you did there: write the shapes side by side. Only one
# order fits. A reshape can also make the shapes fit, but then the numbers are wrong.

# %% role="exercise" name="linear_backward"
def linear_backward(x, weight, grad_out):
    """Send a gradient back through out = x @ weight.T + bias.

    x: (n, in), weight: (out, in), grad_out: (n, out)
    -> three gradients in this order: grad_x (n, in), grad_weight (out, in), grad_bias (out,)
    """
    ### BEGIN SOLUTION
    grad_x = grad_out @ weight
    grad_weight = grad_out.T @ x
    grad_bias = grad_out.sum(dim=0)
    return grad_x, grad_weight, grad_bias
    ### END SOLUTION

# %% role="check" name="check_linear_backward"
### BEGIN HIDDEN TESTS
check.also(seed=73362)
### END HIDDEN TESTS
check("linear_backward")

# %% [markdown] role="prose" name="witness_text"
# ## A witness for your formulas
#
# First your function does the example on paper. Then autograd goes backward through a real layer with 1000 inputs, and your
# function does the same by hand. For a tensor that is not a single number, `.backward(g)` starts from a given gradient `g`.

# %% role="demonstration" name="witness"
paper = linear_backward(
    torch.tensor([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]),
    torch.tensor([[1.0, 2.0, 0.0], [0.0, -1.0, 1.0]]),
    torch.tensor([[1.0, -1.0], [2.0, 0.0]]),
)
names = ["grad_x", "grad_weight", "grad_bias"]
for name, gradient in zip(names, paper, strict=True):
    print(f"{name:11} {gradient.tolist()}")

torch.manual_seed(1)
layer = torch.nn.Linear(D_IN, D_H)
rows = torch.randn(N, D_IN, requires_grad=True)
sent_back = torch.randn(N, D_H)
layer(rows).backward(sent_back)
by_autograd = [rows.grad, layer.weight.grad, layer.bias.grad]
by_hand = linear_backward(rows.detach(), layer.weight.detach(), sent_back)
for name, got, expected in zip(names, by_hand, by_autograd, strict=True):
    error = (got - expected).norm() / expected.norm()
    print(f"{name:11} error < 1e-10: {bool(error < 1e-10)}")

# %% [markdown] role="prose" name="why_a_loop"
# ## Why the update becomes a loop
#
# In way 3 you updated `w1` and `w2` by name. That does not work any more: there are no such names, and a model with 50
# layers would need 100 lines. So you loop over `model.parameters()`, which yields the four tensors one after the other,
# without their names.
#
# There is a trap in such a loop. It has nothing to do with PyTorch, so look at it with two small NumPy arrays.
# Predict both lines of output before you run the cell.

# %% role="demonstration" name="loop_trap"
prices = [np.array([1.0, 2.0]), np.array([3.0])]
for price in prices:
    price = price * 10
print("after price = price * 10:", [price.tolist() for price in prices])

for price in prices:
    price *= 10
print("after price *= 10:       ", [price.tolist() for price in prices])

# %% [markdown] role="prose" name="about_loop_trap"
# The first loop makes a *new* array each time and gives it the name `price`. The list still holds the old arrays. The
# second loop changes the arrays themselves. A model holds its parameters as the list holds the arrays. What happens to a
# model if you fall into the trap? Nothing at all: there is no error, and the loss never changes.

# %% [markdown] role="prose" name="gradients_add_up"
# ## Gradients add up
#
# You met this in way 3. `.backward()` **adds** to what is already in `.grad`. The original gives the warning: set the
# gradients to zero before you go backward, so that they are not added to the next ones. A module has one method for all
# of its parameters, called `zero_grad()`.

# %% role="demonstration" name="adding_up"
tiny = torch.nn.Linear(1, 1, bias=False)
for call in range(3):
    tiny(torch.tensor([[2.0]])).sum().backward()
    print(f"after call {call + 1}: {tiny.weight.grad.item():g}")
tiny.zero_grad()
print("after zero_grad():", tiny.weight.grad)

# %% [markdown] role="prose" name="about_adding_up"
# The right answer is 2 after every call. Note the last line: the gradient is not zero but `None`. The module throws the
# old tensors away, and the next `.backward()` makes new ones. That saves work, and it is why `zero_grad()` also works
# where there is no gradient yet.

# %% [markdown] role="prose" name="about_train"
# ## Train over all parameters
#
# About 12 minutes. Write `train(model, loss_fn, x, y, lr, steps)`.
#
# - **In:** a model and a loss to call. `x` (n, d_in) and `y` (n, d_out). The learning rate `lr`, and the number of
#   `steps`.
# - **Out:** `losses`, a list with one Python float per step. Each loss is taken **before** the update of its step.
# - **On the way:** plain gradient descent. In each step every parameter of `model.parameters()` moves by `lr` times its own
#   gradient, downhill. The parameters change in place: afterwards the model that was handed in is trained.
#
# **A tiny example to do on paper.** A model with one weight 3 and one bias 1, one row `x = 2`, the target `y = 5`, and `lr = 0.05`.
#
# | step | prediction | loss | gradient of the weight | gradient of the bias | new weight | new bias |
# |---|---|---|---|---|---|---|
# | 0 | 2·3 + 1 = 7 | 2² = 4 | 2·2·2 = 8 | 2·2 = 4 | 3 − 0.4 = 2.6 | 1 − 0.2 = 0.8 |
# | 1 | 2·2.6 + 0.8 = 6 | 1² = 1 | 2·1·2 = 4 | 2·1 = 2 | 2.6 − 0.2 = 2.4 | 0.8 − 0.1 = 0.7 |
#
# With `steps=2` the answer is `[4.0, 1.0]`, and the model ends with 2.4 and 0.7.
#
# A step has five parts: predict and compare, remember the loss, clear old gradients, go backward, update. Which of them
# must come before which? Which one must autograd not record?

# %% role="exercise" name="train"
def train(model, loss_fn, x, y, lr, steps):
    """Train a model in place by plain gradient descent.

    x: (n, d_in), y: (n, d_out), lr: step size, steps: how many updates
    -> list of `steps` floats, each the loss before that step's update
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= lr * parameter.grad
    return losses
    ### END SOLUTION

# %% role="check" name="check_train"
### BEGIN HIDDEN TESTS
check.also(seed=15907)
### END HIDDEN TESTS
check("train")

# %% [markdown] role="prose" name="paper_text"
# The example on paper, done by your function:

# %% role="demonstration" name="paper_train"
tiny = torch.nn.Linear(1, 1)
tiny.load_state_dict({"weight": torch.tensor([[3.0]]), "bias": torch.tensor([1.0])})
paper_losses = train(tiny, loss_fn, torch.tensor([[2.0]]), torch.tensor([[5.0]]), lr=0.05, steps=2)
print("losses:", [f"{value:.6g}" for value in paper_losses])
print(f"weight: {tiny.weight.item():.6g}, bias: {tiny.bias.item():.6g}")

# %% [markdown] role="prose" name="run_text"
# ## Run it and plot it
#
# The real network: 500 steps with `lr = 1e-4`. (The original has the same `lr`, but took one step.) The black rings in the
# picture are the losses of ways 1 to 3, which started from `randn` weights and had `lr = 1e-6`. The vertical axis is
# logarithmic, so that 30 million and 0.00001 fit into one picture.

# %% role="demonstration" name="run"
torch.manual_seed(0)
model = make_model(D_IN, D_H, D_OUT)
losses = train(model, loss_fn, x, y, lr=1e-4, steps=500)
for step in [0, 1, 2, 10]:
    print(f"step {step:3}  loss {losses[step]:.6g}")
for step in [100, 499]:
    print(f"step {step:3}  loss {losses[step]:.2g}")
figures.losses({"way 4, lr = 1e-4": losses}, beside={"ways 1 to 3": "ways 1 to 3, lr = 1e-6"})

# %% [markdown] role="prose" name="about_run"
# The new start is 50,000 times lower, and yet the old curve ends below the new one. A low start does not mean fast
# learning. (Remember that the targets are random. There is nothing to discover in them. The network has 101,110 numbers
# for 640 targets, so it can simply memorise them. That is why the loss goes to zero.)

# %% [markdown] role="prose" name="rates_text"
# ## One learning rate does not fit all
#
# The learning rate went from 1e-6 to 1e-4. Did it have to? The next cell tries three combinations. Write down what you
# expect of each before you run it.

# %% role="demonstration" name="rates"
def short_run(name, start, lr, digits):
    torch.manual_seed(0)
    trial = make_model(D_IN, D_H, D_OUT)
    if start is not None:
        trial.load_state_dict(dict(zip(trial.state_dict(), start, strict=True)))
    values = train(trial, loss_fn, x, y, lr=lr, steps=4)
    print(f"{name}:")
    print("  ".join(f"{value:.{digits}g}" for value in values))


short_run("way 1 start, lr = 1e-6", way1_start, 1e-6, 5)
short_run("way 1 start, lr = 1e-4", way1_start, 1e-4, 2)
short_run("own start, lr = 1e-6", None, 1e-6, 6)

# %% [markdown] role="prose" name="about_rates"
# - From the start of way 1, `lr` = 1e-4 is far too large. The loss grows from 3e7 to 5e65 in three steps, and soon it is
#   `nan`.
# - From its own start, `lr` = 1e-6 is so small that hardly anything moves.
#
# The reason is the size of the gradients. A gradient is a product of everything on the way back: the error, the
# weights, the inputs. Weights of size 1 make it thousands of times larger than weights of size 0.03. A learning rate
# is a factor in front of a gradient, so it has to fit the size of the gradients.
#
# One more thing to find out. The first run used the weights of way 1 and its learning rate. Its first loss is that of
# ways 1 to 3 in all digits. But ways 1 to 3 went on with 2.8895e+07, and this run with 2.8952e+07. Where does the
# difference come from?
#
# <details><summary>Show the answer</summary>
#
# From the biases. They are zero at first, so they change nothing in the first loss. But they have gradients of
# their own, so after the first update they are not zero any more. This network has 110 parameters more than that of
# way 1.
#
# </details>

# %% [markdown] role="prose" name="forgotten_zeros"
# ## Forgotten zeros
#
# Somebody left out the clearing of the gradients. Everything else was the same: same start, same data, same `lr`. They got these losses:
#
# | step | forgotten |
# |---|---|
# | 0 | 645.31 |
# | 1 | 598.86 |
# | 2 | 519.63 |
# | 3 | 425.69 |
# | 10 | 104.46 |
# | 50 | 189.31 |
#
# Which is the first row that differs from yours? Predict it, then compare with what you printed above and below.

# %% role="demonstration" name="compare_forgotten"
for step in [0, 1, 2, 3, 10, 50]:
    print(f"step {step:2}  yours {losses[step]:.5g}")

# %% [markdown] role="prose" name="about_forgotten"
# Rows 0 and 1 agree. The first loss comes before any update, and the first update uses the first gradient alone. From row
# 2 on, the old gradients push as well. At first that even looks faster, as a ball gains speed downhill. Then the ball
# cannot stop and rolls up the other side: at step 50 the loss is higher than at step 10. So a mistake can look like
# progress for ten steps. This is also why the check of `train` looks at three steps or more.

# %% [markdown] role="prose" name="look_back"
# ## A look back
#
# | job | way 3 | way 4 |
# |---|---|---|
# | make the weights | you, with shapes and `requires_grad` | the layers, in a sensible size |
# | forward | you, product by product | call the model |
# | loss | you, as a formula | an object, made once |
# | backward | autograd | autograd |
# | clear the gradients | one line per weight | one call for the whole model |
# | update | one line per weight | a loop, for any number of parameters |
#
# The training loop no longer knows what is inside the model. You could give it a chain of twenty layers, and not a line
# would change. You still write the update by hand. In way 5 an optimizer does that too.

# %% [markdown] role="prose" name="explain_question"
# ## Explain in your own words
#
# About 8 minutes, 5 points, read by a person. Answer in six to ten sentences.
#
# 1. Ways 1 to 3 start with a loss near 3e7, way 4 near 650. Explain both numbers from the sizes of the network and the
#    size of its first weights. Which of the two networks knows more about `y` at that moment?
# 2. Why would `lr = 1e-4` ruin the training in way 1, while it is fine here?
# 3. Suppose the loss were the *mean* of the squared errors and not their sum. Which `lr` would then give the same steps as
#    `1e-4` gives now, at the sizes of this lesson?

# %% [markdown] role="written" name="explain"
# **Your answer**
#
# ### BEGIN SOLUTION
# With `randn` weights each of the 100 hidden sums adds 1000 products of size 1, so its mean square is 1000. The ReLU leaves half of
# it, the second layer adds 100 of these, so a prediction has mean square 50,000, and the loss adds 640 squares of that size: about
# 3.2e7. The layers of `torch.nn` draw weights of size 1/√in, so that the sums stay near size 1 or below. The predictions have mean
# square 0.06, the targets 1, and 640 · 1.06 is about 678. Neither network knows anything about `y`: the predictions
# of the second are only smaller, and its loss is little more than the sum of the squares of `y`.
#
# A gradient is a product of errors, weights and inputs, so with large weights the gradient is thousands of times larger.
# The same `lr` then makes a step that jumps across the valley and lands higher than before. The next gradient is larger
# still, and the loss grows without end.
#
# The mean is the sum divided by 64 · 10 = 640, and so is each gradient. For the same steps the learning rate has to be 640 times
# larger: 0.064.
# ### END SOLUTION
#
# ### BEGIN MARK SCHEME
# 5 points in all; half points may be given.
#
# - 2 points, both first losses by the size of the weights: one for "sums over 1000 and 100 terms give about 3.2e7"; one
#   for "small weights give small predictions, so the loss is about the sum of the squares of `y`, 640 to 680". The full
#   calculation is not needed.
# - 1 point, neither network knows anything about `y`: a lower first loss is no knowledge.
# - 1 point, the gradients grow with the weights, so the step lr · gradient overshoots and the loss grows from step to
#   step.
# - 1 point, the mean is 640 times smaller, so lr = 0.064. "640 times 1e-4" will do; the right direction only gives half a
#   point.
# ### END MARK SCHEME

# %% [markdown] role="prose" name="next"
# ## Hand in
#
# Choose *Kernel > Restart Kernel and Run All Cells…* once, to see that everything works from top to bottom. The cell below
# sums up the points of your checks. Then save the notebook: this file is what you hand in.
#
# Next comes [way 5: an optimizer](../way5_optimizer/way5_optimizer.ipynb).

# %% role="demonstration" name="progress"
from course import check

check.progress()
