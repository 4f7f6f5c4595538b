# %% [markdown] role="prose" name="intro"
# # Way 6: a class of your own
#
# [START](../START.ipynb) says how to run a cell, what a blank looks like and how to hand in.
#
# A chain of layers can say one thing: this one, then the next, then the next. Many networks are no chain. Their inputs take two
# roads, or skip a layer, or use one layer twice. For these you write the forward pass yourself again, and you keep everything that
# `torch.nn` does for you. The way to have both is a **class** that inherits from `torch.nn.Module`.
#
# You will
#
# 1. write the two-layer network as a class,
# 2. write a ReLU with your own backward pass, and hang it into autograd,
# 3. make the plain optimizer, and train once more.
#
# Plan 40 to 55 minutes. This is the last lesson. At the end all six ways are in one picture.

# %% role="setup" name="setup"
try:
    from course import same_draw, start
except ModuleNotFoundError as missing:
    missing._render_traceback_ = lambda: [
        "The course's package is missing here. It comes with the kit: run this in a new cell, then this cell again.",
        "%pip install --no-index --find-links=. --find-links=.. course",
    ]
    raise

import matplotlib.pyplot as plt
import numpy as np
import torch

torch.set_default_dtype(torch.float64)
N, D_IN, D_H, D_OUT = 64, 1000, 100, 10
check = start("way6_module")

# %% [markdown] role="prose" name="about_setup"
# Everything is float64 again, so that your printed numbers can be compared with those of the other lessons. The original used
# float32.

# %% [markdown] role="prose" name="picture"
# ## The picture and the shapes
#
# A module has two parts, and they run at different times.
#
# ```text
#  once, when the network is made             each time it is called
#  ┌──────────────────────────────┐           ┌──────────────────────────────────────┐
#  │ __init__(d_in, d_h, d_out)   │           │ forward(x)                           │
#  │ makes the layers, keeps them │           │ x ───► h ───► h_relu ───► y_pred     │
#  └──────────────────────────────┘           └──────────────────────────────────────┘
# ```
#
# Fill in this table on paper. In the third column write which of the sizes `n`, `d_in`, `d_h`, `d_out` stand in the shape. In the
# fourth write when the quantity comes into being: when the network is *made*, or when it is *called*.
#
# | quantity | shape here | sizes in it | made or called? |
# |---|---|---|---|
# | weight of the first layer | ? | ? | ? |
# | bias of the first layer | ? | ? | ? |
# | weight of the second layer | ? | ? | ? |
# | bias of the second layer | ? | ? | ? |
# | `x` | ? | ? | ? |
# | `h` and `h_relu` | ? | ? | ? |
# | `y_pred` | ? | ? | ? |
#
# Look at your third column. Which size is missing in all rows that say *made*?
#
# <details><summary>Show the answers</summary>
#
# | quantity | shape here | sizes in it | made or called? |
# |---|---|---|---|
# | weight of the first layer | (100, 1000) | `d_h`, `d_in` | made |
# | bias of the first layer | (100,) | `d_h` | made |
# | weight of the second layer | (10, 100) | `d_out`, `d_h` | made |
# | bias of the second layer | (10,) | `d_out` | made |
# | `x` | (64, 1000) | `n`, `d_in` | called |
# | `h` and `h_relu` | (64, 100) | `n`, `d_h` | called |
# | `y_pred` | (64, 10) | `n`, `d_out` | called |
#
# `n` is missing. The original says it like this: you only have to think of one example. The network is the same for 64 examples,
# for one, or for a million, so `n` is no argument of the class.
#
# </details>

# %% [markdown] role="prose" name="predict"
# ## Predict the first loss
#
# The class gets the weights and biases of way 4, the data are those of all lessons, and the optimizer is the plain rule of way 4 with the same
# `lr`. Way 4 printed 645.314, 598.864 and 558.425 in steps 0, 1 and 2. Way 5, with Adam, printed 645.314, 628.766 and 612.693. What
# do you expect now?
#
# <details><summary>Show the answer</summary>
#
# The numbers of way 4, all of them. The sums are the same, only written down in another way. If your class does not give them, it is not
# the same network.
#
# </details>

# %% role="demonstration" name="draw"
x, y, _, _ = (torch.from_numpy(array) for array in same_draw())
print("x", tuple(x.shape), " y", tuple(y.shape), x.dtype)

# %% [markdown] role="prose" name="classes_text"
# ## Classes in two minutes
#
# Skip this if you know classes. A class is a plan for objects. `__init__` runs once, when an object is made.
# `self` is the object itself: what you keep as `self.something` stays with the object and can be read later.
#
# A class can **inherit** from another one, its parent. Then it has all that the parent has, and adds or replaces some of it. If it has an
# `__init__` of its own, this replaces the parent's. So it has to call the parent's `__init__` first, through `super()`, with the
# arguments that the parent wants. Read the cell and predict what it prints.

# %% role="demonstration" name="counters"
class Counter:
    def __init__(self, first_value):
        self.value = first_value

    def up(self):
        self.value += 1


class NamedCounter(Counter):
    def __init__(self, first_value, name):
        super().__init__(first_value)
        self.name = name

    def show(self):
        print(self.name, "stands at", self.value)


visitors = NamedCounter(10, "the door")
visitors.up()
visitors.up()
visitors.show()

# %% [markdown] role="prose" name="no_chain_text"
# ## What a chain cannot say
#
# The parent of all networks is `torch.nn.Module`. A child of it needs a method `forward(self, …)`, which says what happens to the
# input. Here is a very small one. It has no layers, so it needs no `__init__` of its own. But it is no chain: its input takes two
# roads that meet again.

# %% role="demonstration" name="no_chain"
class TwoRoads(torch.nn.Module):
    """Add a vector and a squashed copy of it."""

    def forward(self, a):
        return a + torch.tanh(a)


two_roads = TwoRoads()
print([f"{value:.4f}" for value in two_roads(torch.tensor([0.0, 1.0, -2.0])).tolist()])

# %% [markdown] role="prose" name="about_no_chain"
# You call the object, `two_roads(…)`, and not its method `forward`. `Module` takes the call, does some housekeeping and then calls
# your `forward`.

# %% [markdown] role="prose" name="registration_text"
# ## How a module finds its parameters
#
# You never tell a module which parameters it has. It watches what is assigned to `self`. If that is a layer or a `Parameter`,
# the module writes it into a list of its own. This is called **registration**. `parameters()`, `zero_grad()`, `to(device)` and
# `state_dict()` all go by that list.
#
# The next cell puts five things into a module that is otherwise empty, one after the other, and counts. Predict each number.

# %% role="demonstration" name="registration"
class Bag(torch.nn.Module):
    """Hold whatever is put in."""


def count(label):
    print(f"{label:36} parameters in the bag: {len(list(bag.parameters()))}")


bag = Bag()
bag.plain_list = [torch.nn.Linear(2, 2)]
count("a layer in a plain list")
bag.raw_tensor = torch.zeros(2, requires_grad=True)
count("and a raw tensor")
bag.parameter = torch.nn.Parameter(torch.zeros(2))
count("and a Parameter")
bag.layer = torch.nn.Linear(2, 2)
count("and a layer")
bag.module_list = torch.nn.ModuleList([torch.nn.Linear(2, 2), torch.nn.Linear(2, 2)])
count("and two layers in a ModuleList")

# %% [markdown] role="prose" name="about_registration"
# The plain list and the raw tensor are invisible: the module does not look into lists, and does not take any tensor for a parameter. Nothing
# warns you. An optimizer made from such a module never moves them. A `ModuleList` is a list that registers what it holds.
#
# The module's own lists must be there before it can register anything. They are made by the `__init__` of `torch.nn.Module`. This is what you read if nobody has
# called it:

# %% role="demonstration" name="forgotten_parent"
class Forgetful(torch.nn.Module):
    def __init__(self):
        self.layer = torch.nn.Linear(2, 2)


try:
    Forgetful()
except AttributeError as error:
    print(type(error).__name__, "-", error)

# %% [markdown] role="prose" name="about_TwoLayerNet"
# ## Write the class
#
# About 10 minutes. Write `TwoLayerNet`, a child of `torch.nn.Module`, with two methods.
#
# - `TwoLayerNet(d_in, d_h, d_out)` makes a network. **In:** three sizes, as integers. It has two linear layers, **with biases**, just as
#   `torch.nn.Linear` makes them: d_in to d_h, and d_h to d_out. You may name them as you like.
# - `forward(x)` computes the prediction. **In:** `x` (n, d_in), for any n. **Out:** `y_pred` (n, d_out): linear, ReLU, linear.
#
# The ReLU has no parameters. So you may take whichever you like from ways 2 to 4, and it need not be a layer.
#
# **A tiny example to do on paper.** `d_in, d_h, d_out = 2, 2, 1` and two rows of `x`. The first row is the one of way 4, the second is yours.
#
# ```text
# x = [ 1   2 ]     first layer:  weight = [ 1   1 ]   bias = [ 0  1 ]     second layer:  weight = [ 2  5 ]
#     [ 3  -1 ]                            [ 0  -1 ]                                      bias   = [ 1 ]
#
# h      = [ 3  -1 ]      h_relu = [ 3  0 ]      y_pred = [ 7 ]
#          [ ?   ? ]               [ ?  ? ]               [ ? ]
# ```
#
# <details><summary>Show the second row</summary>
#
# h = [3·1 − 1·1 + 0, 3·0 + 1·1 + 1] = [2, 2], h_relu = [2, 2], y_pred = [2·2 + 5·2 + 1] = [15].
#
# </details>
#
# Four things that often go wrong:
#
# - The parent's `__init__` is called too late or not at all. You have seen the message. `torch.nn.Module` wants no arguments there.
# - Layers made inside `forward`. They are new, with new random numbers, in each call, and nobody can train them.
# - A `forward` that computes and returns nothing.
# - Sizes that are written as numbers. The check asks for other sizes.
#
# **Bring along from way 4:** `make_loss`. It has a blank below the class. It is not graded here, but the cells below call it.

# %% role="exercise" name="TwoLayerNet"
class TwoLayerNet(torch.nn.Module):
    """The two-layer network: linear, ReLU, linear."""

    def __init__(self, d_in, d_h, d_out):
        """Make the layers; d_in, d_h, d_out are sizes (int)."""
        ### BEGIN SOLUTION
        super().__init__()
        self.hidden = torch.nn.Linear(d_in, d_h)
        self.output = torch.nn.Linear(d_h, d_out)
        ### END SOLUTION

    def forward(self, x):
        """Predict: x (n, d_in) -> y_pred (n, d_out), for any n."""
        ### BEGIN SOLUTION
        h_relu = self.hidden(x).clamp(min=0)
        return self.output(h_relu)
        ### END SOLUTION


def make_loss():
    """Bring this one along from way 4: the summed squared error."""
    ### BEGIN SOLUTION
    return torch.nn.MSELoss(reduction="sum")
    ### END SOLUTION


# %% role="check" name="check_TwoLayerNet"
### BEGIN HIDDEN TESTS
check.also(seed=57120)
### END HIDDEN TESTS
check("TwoLayerNet")

# %% [markdown] role="prose" name="look_at_net"
# Look at what you have made. PyTorch prints the layers under the names that you gave them. And the same network takes 64
# rows, five, or one.

# %% role="demonstration" name="net_printed"
net = TwoLayerNet(D_IN, D_H, D_OUT)
print(net)
for name, parameter in net.named_parameters():
    print(f"{name:16} {tuple(parameter.shape)}")
for rows in [64, 5, 1]:
    print(f"{rows:2} rows in, y_pred {tuple(net(x[:rows]).shape)}")

# %% [markdown] role="prose" name="state_text"
# ## The numbers of way 4
#
# Way 4 began with numbers that came from `torch.manual_seed(0)`: first the layer with 1000 inputs, then the layer with 100. The next cell draws
# these two layers again and collects their numbers under the names that they had in way 4. A dictionary like this is a **state dict**. It is what people
# save when they save a network.
#
# Loading it needs some care. Way 4 called its layers 0 and 2, and you have chosen other names. So the cell first tries it as it is, and
# then finds for each of your parameters the one with the same shape.

# %% role="demonstration" name="state"
torch.manual_seed(0)
drawn = {"0": torch.nn.Linear(D_IN, D_H), "2": torch.nn.Linear(D_H, D_OUT)}
way4_state = {}
for place, layer in drawn.items():
    for key, value in layer.state_dict().items():
        way4_state[f"{place}.{key}"] = value
print("names in way 4:", list(way4_state))
try:
    net.load_state_dict(way4_state)
except RuntimeError as error:
    print(type(error).__name__, "-", str(error).splitlines()[0])

by_shape = {value.shape: value for value in way4_state.values()}


def with_way4_numbers():
    fresh = TwoLayerNet(D_IN, D_H, D_OUT)
    fresh.load_state_dict({key: by_shape[value.shape] for key, value in fresh.state_dict().items()})
    return fresh


loss_fn = make_loss()
net = with_way4_numbers()
y_pred = net(x)
print(f"first loss of your class: {loss_fn(y_pred, y).item():.6g}")
print(f"way 4 printed:            {645.314:.6g}")

# %% [markdown] role="prose" name="about_state"
# The original printed 699.82 as the first loss of its class. It had no seed. Way 4 showed that such first losses lie around 680, give or take 40.
#
# A question to think about: if you set the seed to 0 and make a `TwoLayerNet` without loading anything, do you get 645.314 as
# well? Only if `__init__` makes the layers in the same order as way 4. Made in the other order, each layer gets other random numbers. The network is as
# good as before, but its numbers differ. So a seed alone does not promise the same numbers. A state dict does.

# %% [markdown] role="prose" name="own_function_text"
# ## A function with its own backward pass
#
# Autograd knows the backward pass of each function of PyTorch. You can teach it one more. It is a class with two **static methods**,
# which are functions that have no `self`:
#
# - `forward(ctx, …)` gets the inputs and returns the output.
# - `backward(ctx, …)` gets the gradient of the loss with respect to that **output**. It returns the gradient of the loss with respect to the
#   **input**. If `forward` has several inputs, it returns one gradient for each.
#
# `ctx`, the context, is a bag that goes from the one to the other. What you save in `forward`, you find in `backward`. Nothing inside the two methods is
# recorded: you are the one who says what the derivative is.
#
# Here is the function a³ with the derivative 3a². It is called through `apply`, not by its name alone.

# %% role="demonstration" name="cube"
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return a**3

    @staticmethod
    def backward(ctx, grad_cube):
        (a,) = ctx.saved_tensors
        return 3 * a**2 * grad_cube


a = torch.tensor([1.0, 2.0, -3.0], requires_grad=True)
cubes = Cube.apply(a)
print("forward: ", cubes.tolist())
cubes.backward(torch.tensor([1.0, 10.0, 1.0]))
print("backward:", a.grad.tolist())

# %% [markdown] role="prose" name="about_cube"
# Check the second number of the last line: 3 · 2² = 12, times the 10 that arrived. The two rules of backward passes are both there. Multiply your own
# derivative with what arrives. And use the value of the **forward** pass, which is why it was saved.

# %% [markdown] role="prose" name="about_ReLU"
# ## Your own ReLU
#
# About 10 minutes. Write `ReLU`, a child of `torch.autograd.Function`, with two static methods. It is called as `ReLU.apply(h)`.
#
# - `forward(ctx, h)`. **In:** the context and a tensor `h` of any shape. **Out:** `h_relu`, of the same shape: negative entries become 0, all
#   others stay. `h` itself is left as it is.
# - `backward(ctx, grad_h_relu)`. **In:** the context, and the gradient of the loss with respect to `h_relu`. **Out:** one tensor of the same shape, the
#   gradient of the loss with respect to `h`. It leaves `grad_h_relu` as it is.
#
# **A tiny example to do on paper.**
#
# ```text
# h = [  2    -1  ]      h_relu = [ 2   0  ]      grad_h_relu = [ -4   5 ]      grad_h = [ -4   0 ]
#     [ -3    0.5 ]               [ 0  0.5 ]                    [  6  -7 ]               [  0  -7 ]
# ```
#
# Compare `grad_h` with `h`: where `h` is positive the gradient passes, be it −4 or −7. Where `h` is negative it is stopped, be it 5 or 6. If
# your result has no negative entry, then you looked at the wrong sign. That was the slip of the original, and way 1 told its story. Autograd will not
# notice it, now that you are the one who writes the derivative.
#
# (At exactly 0 the ReLU has a kink, and no slope. PyTorch takes 0 there. The check does not ask.)

# %% role="exercise" name="ReLU"
class ReLU(torch.autograd.Function):
    """The ReLU with its backward pass by hand; use it as ReLU.apply(h)."""

    @staticmethod
    def forward(ctx, h):
        """Silence negative entries: h -> h_relu, of the same shape."""
        ### BEGIN SOLUTION
        ctx.save_for_backward(h)
        return h.clamp(min=0)
        ### END SOLUTION

    @staticmethod
    def backward(ctx, grad_h_relu):
        """Send the gradient back: grad_h_relu -> grad_h, of the same shape."""
        ### BEGIN SOLUTION
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)
        ### END SOLUTION


# %% role="check" name="check_ReLU"
### BEGIN HIDDEN TESTS
check.also(seed=81346)
### END HIDDEN TESTS
check("ReLU")

# %% [markdown] role="prose" name="relu_witness_text"
# ## A witness for your derivative
#
# In way 1 you checked gradients by nudging: raise a number a little, look how the result changes. PyTorch has this test ready. `torch.autograd.gradcheck` nudges
# every input up and down and compares with your `backward`. It needs float64, because the nudges are tiny.
#
# Then your ReLU stands behind a small layer with two units. The first unit is on for both rows, the second is off for both. What will be
# the gradient of the second unit's weights?

# %% role="demonstration" name="relu_witness"
h = torch.tensor([[2.0, -1.0], [-3.0, 0.5]], requires_grad=True)
h_relu = ReLU.apply(h)
h_relu.backward(torch.tensor([[-4.0, 5.0], [6.0, -7.0]]))
print("h_relu:", h_relu.tolist())
print("grad_h:", [[value + 0.0 for value in row] for row in h.grad.tolist()])
print("nudging agrees:", torch.autograd.gradcheck(ReLU.apply, (h,)))

layer = torch.nn.Linear(3, 2)
layer.load_state_dict(
    {
        "weight": torch.tensor([[1.0, 1.0, 1.0], [-1.0, -1.0, -1.0]]),
        "bias": torch.zeros(2),
    }
)
rows = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
ReLU.apply(layer(rows)).sum().backward()
for unit, state in enumerate(["on", "off"]):
    gradient = [value + 0.0 for value in layer.weight.grad[unit].tolist()]
    print(f"unit {unit}, {state:3}: gradient of its weights {gradient}")

# %% [markdown] role="prose" name="about_relu_witness"
# A unit that is off learns nothing from the examples for which it is off. A unit that is off for all examples learns nothing at all. People call it dead.

# %% [markdown] role="prose" name="about_make_optimizer"
# ## The plain optimizer
#
# About 2 minutes. Write `make_optimizer(model, lr)`.
#
# - **In:** a model (a `torch.nn.Module`) and the learning rate `lr`.
# - **Out:** an optimizer of the class `torch.optim.SGD` for **all** parameters of the model. Its learning rate is `lr`. All its other options keep their
#   default values.
#
# SGD stands for *stochastic gradient descent*. With its default options it is the rule of ways 1 to 4: `lr` times the gradient, downhill. (*Stochastic* means
# by chance: in most uses each step takes only some of the examples, drawn by chance. Here each step takes all 64, so nothing is left to chance.)
#
# **A tiny example to do on paper.** A weight 3 has the gradient 8, a bias 1 has the gradient 4, and `lr = 0.05`. One step of SGD gives 3 − 0.05·8 = 2.6 and
# 1 − 0.05·4 = 0.8. What would Adam's first step have given? (2.95 and 0.95.)

# %% role="exercise" name="make_optimizer"
def make_optimizer(model, lr):
    """Make the plain optimizer for a whole model; apart from lr its options are the default ones.

    model: torch.nn.Module, lr: learning rate   -> torch.optim.SGD
    """
    ### BEGIN SOLUTION
    return torch.optim.SGD(model.parameters(), lr=lr)
    ### END SOLUTION


# %% role="check" name="check_make_optimizer"
### BEGIN HIDDEN TESTS
check.also(seed=29583)
### END HIDDEN TESTS
check("make_optimizer")

# %% [markdown] role="prose" name="about_train"
# ## Train from memory
#
# About 6 minutes. Write `train(model, loss_fn, optimizer, x, y, steps)`. It is the function of way 5, word for word. Write it once more without looking,
# because you will write these lines in every project with PyTorch.
#
# - **In:** a model and a loss to call, an optimizer that has been made for this model, `x` (n, d_in), `y` (n, d_out), and the number of `steps`.
# - **Out:** `losses`, a list with one Python float per step. Each loss is taken **before** the update of its step.
# - **On the way:** each step uses the gradients of this step alone, and asks the optimizer for one update. The model that was handed in is trained
#   afterwards.
#
# **A tiny example to do on paper.** One weight 3, one bias 1, one row `x = 2`, the target `y = 5`, SGD with `lr = 0.05`. The prediction is 7 and the
# loss 4. The gradients are 8 and 4, so the step leads to 2.6 and 0.8, as above. The next prediction is 2·2.6 + 0.8 = 6, and its loss is 1. With `steps=2`
# the answer is `[4.0, 1.0]`.

# %% role="exercise" name="train"
def train(model, loss_fn, optimizer, x, y, steps):
    """Train a model in place with the optimizer that is handed in.

    x: (n, d_in), y: (n, d_out), steps: how many updates
    -> list of `steps` floats, each the loss before that step's update
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
    ### END SOLUTION


# %% role="check" name="check_train"
### BEGIN HIDDEN TESTS
check.also(seed=40679)
### END HIDDEN TESTS
check("train")

# %% [markdown] role="prose" name="run_text"
# ## Six ways in one picture
#
# Your class, with the numbers of way 4, SGD and `lr = 1e-4`. Beside your losses stand those that way 4 printed. The dots in the picture are the curves of the
# lessons before.

# %% role="demonstration" name="run"
net = with_way4_numbers()
losses = train(net, loss_fn, make_optimizer(net, 1e-4), x, y, 500)
way_4 = {0: 645.314, 1: 598.864, 2: 558.425, 10: 345.054, 50: 31.85, 100: 2.31}
for step in [0, 1, 2, 10]:
    print(f"step {step:3}  way 6: {losses[step]:.6g}  way 4: {way_4[step]:.6g}")
print(f"step 499  way 6: {losses[499]:.2g}  way 4: {7.4e-6:.2g}")

way_4 |= {200: 0.033, 300: 0.001084, 400: 7.4e-5, 499: 7.4e-6}
ways_1_to_3 = {0: 3.152e7, 10: 1.282e6, 20: 2.013e5, 50: 10029, 100: 308.7}
ways_1_to_3 |= {200: 0.982, 300: 0.0059, 400: 4.9e-5, 499: 4.85e-7}
way_5 = {0: 645.3, 10: 499.6, 20: 388.4, 50: 183.6, 100: 38.25}
way_5 |= {200: 0.382, 300: 0.00205, 400: 1.85e-5, 499: 1.53e-7}
plt.figure(figsize=(6, 3.5))
plt.semilogy(np.arange(500), losses, label="way 6: SGD, lr = 1e-4")
plt.semilogy(ways_1_to_3.keys(), ways_1_to_3.values(), "ko", markersize=4, label="ways 1 to 3")
plt.semilogy(way_4.keys(), way_4.values(), "rs", markersize=4, label="way 4, lr = 1e-4")
plt.semilogy(way_5.keys(), way_5.values(), "g^", markersize=4, label="way 5: Adam, lr = 1e-4")
plt.xlabel("step")
plt.ylabel("loss")
plt.legend(fontsize=8)
plt.tight_layout()
plt.show()

# %% [markdown] role="prose" name="about_run"
# The red squares lie on your line. Way 4 and way 6 are one network with one rule of updating, written in two ways.
#
# There are six lessons and only three curves. What makes a curve is the start, the rule of updating and the learning rate. How you write it down makes no
# difference to the numbers. It makes a difference to you.

# %% [markdown] role="prose" name="shortcut_text"
# ## Beyond the chain
#
# At last a network that a chain cannot say. Its input takes two roads: your two-layer network, and a shortcut with one linear layer straight to the
# output. The two results are added. The parts are put in from outside, as in the bag above, and the module registers them. Your `train` and your
# `make_optimizer` take it as it is. How many parameters does it have?

# %% role="demonstration" name="shortcut"
class WithShortcut(torch.nn.Module):
    """Add the outputs of two roads, `long` and `short`."""

    def forward(self, a):
        return self.long(a) + self.short(a)


torch.manual_seed(0)
wider = WithShortcut()
wider.long = with_way4_numbers()
wider.short = torch.nn.Linear(D_IN, D_OUT)
wider_losses = train(wider, loss_fn, make_optimizer(wider, 1e-4), x, y, 101)
print("parameters:", len(list(wider.parameters())))
for step in [0, 10, 100]:
    print(f"step {step:3}  with shortcut {wider_losses[step]:.3g}  without {losses[step]:.3g}")

# %% [markdown] role="prose" name="about_shortcut"
# It starts worse, because its predictions contain more random numbers, and then it learns much faster: each of the 1000
# inputs now reaches the output directly as well. Not a line of the training had to change. This is what
# the six ways were for: in the end the network, the loss, the rule of updating and the loop are four separate things, and you can
# exchange each of them alone.

# %% [markdown] role="prose" name="look_back"
# ## A look back at six ways
#
# | way | forward | backward | update | what it saved you |
# |---|---|---|---|---|
# | 1 NumPy | by hand | by hand | by hand | nothing: you saw every number |
# | 2 tensors | by hand | by hand | by hand | the same code runs on a GPU |
# | 3 autograd | by hand | autograd | by hand | five gradients and their slips |
# | 4 chain | layers | autograd | a loop | weights, shapes, a sensible start |
# | 5 optimizer | layers | autograd | optimizer | the rule of updating and its memory |
# | 6 class | your `forward`, with layers | autograd | optimizer | being tied to a chain |
#
# Each way took over something that you had done by hand before. That is the right order. When something goes wrong in way 6, and it will, you know what happens
# inside ways 5 to 1. You also have the tools: read the shapes, predict the first loss, nudge a number, and do not trust a curve only
# because it falls.

# %% [markdown] role="prose" name="explain_question"
# ## Explain in your own words
#
# Five points, read by a person. Answer in six to ten sentences.
#
# 1. A friend keeps the layers of a network in a plain list, `self.layers = […]`. The forward pass works. Making an optimizer ends with the message that it
#    got an empty parameter list. Explain what happened, and name one repair.
# 2. Why is `n` no argument of `TwoLayerNet`, while `d_in` is? What could you not do any more if `n` were fixed in the class?
# 3. Your ReLU decides in `backward` by the value that was saved in `forward`. Why must it be that value, and not the gradient that arrives?

# %% [markdown] role="written" name="explain"
# **Your answer**
#
# ### BEGIN SOLUTION
# 1. A module registers layers and parameters when they are assigned to an attribute. It does not look into a plain list. So the layers exist and
#    can be called, but the module's own list stays empty. `parameters()` goes by that list and yields nothing, and so the optimizer has nothing to move. The
#    repair is a `ModuleList` (or a `Sequential`) around the list, or one attribute for each layer.
# 2. The class holds the weights, and their shapes are made of `d_in`, `d_h` and `d_out` only: each example goes through the same weights. `n` is
#    just the number of rows of a product. If it were fixed, the network could not take another number of examples, for instance a single new one after training, or a last
#    batch that is smaller than the others.
# 3. The question is what a small nudge of `h` does to the loss. If `h` was negative, the output is 0 before and after the nudge, so the gradient is 0. If `h` was positive, the
#    nudge arrives as it is, so the gradient passes, whatever its sign. The gradient that arrives says in which direction the output should go. It does not
#    say whether the unit was on.
# ### END SOLUTION
#
# ### BEGIN MARK SCHEME
# rubric: 5 points; half points may be given
# 2 = question 1: registration happens at assignment to an attribute and does not look into lists, so `parameters()` is empty (1);
#     one working repair: ModuleList, Sequential, or one attribute per layer (1);
# 1.5 = question 2: no shape of a parameter contains n, every example meets the same weights (1); other numbers of rows would be
#     impossible, with an example (half);
# 1.5 = question 3: off means that a nudge of h changes nothing, on means that it passes with any sign (1); the sign of the arriving
#     gradient says nothing about on or off (half).
# ### END MARK SCHEME

# %% [markdown] role="prose" name="next"
# Save this notebook: it is what you hand in. This was the last of the six ways; [START](../START.ipynb) has them all.
