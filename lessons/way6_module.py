# %% [markdown] role="prose" name="intro"
# # Way 6: a class of your own
#
# A chain of layers can say one thing: this one, then the next, then the next. Many networks are not chains. Their inputs
# take two paths, or skip a layer, or use one layer twice. For these you write the forward pass yourself again, and
# `torch.nn` still does everything else for you. To have both, you write a **class** that inherits from `torch.nn.Module`.
#
# You will
#
# 1. write the two-layer network as a class,
# 2. write a ReLU with your own backward pass, and let autograd use it,
# 3. make the plain optimizer, and train once more,
# 4. let your network learn something that is not noise.
#
# Plan 70 to 90 minutes. This is the last lesson.
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
check = start("way6_module")

# %% [markdown] role="prose" name="about_setup"
# Everything is float64 again, so that you can compare the numbers you print with those of the other lessons. The original
# used float32.

# %% [markdown] role="prose" name="picture"
# ## The picture and the shapes
#
# A module has two parts, and they run at different times.
#
# - `__init__(d_in, d_h, d_out)` runs once, when the network is made. It makes the layers and keeps them.
# - `forward(x)` runs each time the network is called. It goes from `x` by `h` and `h_relu` to `y_pred`.
#
# Fill in this table on paper. In the third column write which of the sizes `n`, `d_in`, `d_h`, `d_out` occur in the shape.
# In the fourth write when the quantity is created: when the network is *made*, or when it is *called*.
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
# `n` is missing. The original puts it like this: you only have to think of one example. The network is the same for 64
# examples, for one, or for a million, so `n` is not an argument of the class.
#
# </details>

# %% [markdown] role="prose" name="predict"
# ## Predict the first loss
#
# The class gets the weights and biases of way 4, the data are the same as always, and the optimizer is the plain rule of way
# 4 with the same `lr`. Way 4 printed 645.314, 598.864 and 558.425 in steps 0, 1 and 2. Way 5, with Adam, printed 645.314,
# 628.766 and 612.693. What do you expect now?
#
# <details><summary>Show the answer</summary>
#
# The numbers of way 4, all of them. The sums are the same, only written in another way. If your class does not give them,
# it is not the same network.
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
# A class can **inherit** from another one, its parent. Then it has everything that the parent has, and can add to it or
# replace some of it. If it has an `__init__` of its own, this replaces the parent's. So it has to call the parent's
# `__init__` first, through `super()`, with the arguments that the parent needs. Read the cell and predict what it prints.

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
# The parent of all networks is `torch.nn.Module`. A child of it needs a method `forward(self, …)`, which says what happens
# to the input. Here is a very small one. It has no layers, so it needs no `__init__` of its own. But it is not a chain:
# its input takes two paths that meet again.

# %% role="demonstration" name="no_chain"
class TwoPaths(torch.nn.Module):
    """Add a vector and a squashed copy of it."""

    def forward(self, a):
        return a + torch.tanh(a)


two_paths = TwoPaths()
print([f"{value:.4f}" for value in two_paths(torch.tensor([0.0, 1.0, -2.0])).tolist()])

# %% [markdown] role="prose" name="about_no_chain"
# You call the object, `two_paths(…)`, and not its method `forward`. `Module` takes the call, does some housekeeping and then
# calls your `forward`.

# %% [markdown] role="prose" name="registration_text"
# ## How a module finds its parameters
#
# You never tell a module which parameters it has. It watches what is assigned to `self`. If that is a layer or a
# `Parameter`, the module adds it to a list of its own. This is called **registration**. `parameters()`, `zero_grad()`,
# `to(device)` and `state_dict()` all use that list.
#
# The next cell puts five things into a module that is otherwise empty, one after the other, and counts. Predict each
# number.

# %% role="demonstration" name="registration"
class Bag(torch.nn.Module):
    """Hold whatever is put in."""


def count(label):
    print(f"{label:30} parameters: {len(list(bag.parameters()))}")


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
# The plain list and the raw tensor are invisible: the module does not look into lists, and a plain tensor is not a
# parameter. Nothing warns you. An optimizer made from such a module never updates them. A `ModuleList` is a list that
# registers what it holds.
#
# The module's own lists must exist before it can register anything. They are made by the `__init__` of `torch.nn.Module`.
# If nobody has called it, you read this:

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
# - `TwoLayerNet(d_in, d_h, d_out)` makes a network. **In:** three sizes, as integers. It has two linear layers, **with
#   biases**, just as `torch.nn.Linear` makes them: d_in to d_h, and d_h to d_out. You may name them as you like.
# - `forward(x)` computes the prediction. **In:** `x` (n, d_in), for any n. **Out:** `y_pred` (n, d_out): linear, ReLU,
#   linear.
#
# The ReLU has no parameters. So you may use any of those from ways 2 to 4. It need not be a layer.
#
# **A tiny example to do on paper.** `d_in, d_h, d_out = 2, 2, 1` and two rows of `x`. The first row is the one of way 4, the
# second is for you.
#
# ```text
# x = [ 1   2 ]     first layer:   weight = [ 1   1 ]   bias = [ 0  1 ]
#     [ 3  -1 ]                             [ 0  -1 ]
#                   second layer:  weight = [ 2   5 ]   bias = [ 1 ]
#
# h = [ 3  -1 ]     h_relu = [ 3  0 ]     y_pred = [ 7 ]
#     [ ?   ? ]              [ ?  ? ]              [ ? ]
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
# - The parent's `__init__` is called too late or not at all. You have seen the message. `torch.nn.Module` needs no
#   arguments there.
# - Layers made inside `forward`. In each call they are new, with new random numbers, so they cannot be trained.
# - A `forward` that computes but returns nothing.
# - Sizes that are written as numbers. The check uses other sizes.
#
# **From way 4:** `make_loss`. It has a blank below the class. It is not graded here, but the cells below call it.

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
    """Copy this one from way 4: the summed squared error."""
    ### BEGIN SOLUTION
    return torch.nn.MSELoss(reduction="sum")
    ### END SOLUTION


# %% role="check" name="check_TwoLayerNet"
### BEGIN HIDDEN TESTS
check.also(seed=57120)
### END HIDDEN TESTS
check("TwoLayerNet")

# %% [markdown] role="prose" name="look_at_net"
# Look at what you have made. PyTorch prints the layers with the names that you gave them. And the same network takes 64
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
# Way 4 began with numbers that came from `torch.manual_seed(0)`: first the layer with 1000 inputs, then the layer with 100.
# The next cell draws these two layers again and collects their numbers under the names that they had in way 4. A
# dictionary like this is a **state dict**. It is what people save when they save a network.
#
# Loading it needs some care. Way 4 called its layers 0 and 2, and you have chosen other names. So the cell first tries it
# as it is, and then finds for each of your parameters the one with the same shape.

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
# The original printed 699.82 as the first loss of its class. It had no seed. Way 4 showed that such first losses lie around
# 680, give or take 40.
#
# A question to think about: if you set the seed to 0 and make a `TwoLayerNet` without loading anything, do you get 645.314
# as well? Only if `__init__` makes the layers in the same order as way 4. In the other order, each layer gets other random
# numbers. The network is as good as before, but its numbers differ. So a seed alone does not guarantee the same numbers. A
# state dict does.

# %% [markdown] role="prose" name="own_function_text"
# ## A function with its own backward pass
#
# Autograd knows the backward pass of each of PyTorch's functions. You can teach it one more. You write it as a class with
# two **static methods**, which are functions that have no `self`:
#
# - `forward(ctx, …)` gets the inputs and returns the output.
# - `backward(ctx, …)` gets the gradient of the loss with respect to that **output**. It returns the gradient of the loss
#   with respect to the **input**. If `forward` has several inputs, it returns one gradient for each.
#
# `ctx`, the context, carries what `backward` needs: what you save in `forward`, you find in `backward`. Nothing inside the
# two methods is recorded: you say what the derivative is.
#
# Here is the function $a^3$ with the derivative $3a^2$. You call it through `apply`, not by its name alone.

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
# Check the second number of the last line: 3 · 2² = 12, times the 10 that arrived. Both rules of a backward pass are there.
# Multiply your own derivative by the gradient that arrives. And use the value from the **forward** pass, which is why it
# was saved.

# %% [markdown] role="prose" name="about_ReLU"
# ## Your own ReLU
#
# About 10 minutes. Write `ReLU`, a child of `torch.autograd.Function`, with two static methods. It is called as `ReLU.apply(h)`.
#
# - `forward(ctx, h)`. **In:** the context and a tensor `h` of any shape. **Out:** `h_relu`, of the same shape: negative
#   entries become 0, all others stay. `h` itself is left as it is.
# - `backward(ctx, grad_h_relu)`. **In:** the context, and the gradient of the loss with respect to `h_relu`. **Out:** one
#   tensor of the same shape, the gradient of the loss with respect to `h`. It leaves `grad_h_relu` as it is.
#
# **A tiny example to do on paper.**
#
# ```text
# h = [  2  -1  ]   h_relu = [ 2   0  ]   grad_h_relu = [ -4   5 ]   grad_h = [ -4   0 ]
#     [ -3  0.5 ]            [ 0  0.5 ]                 [  6  -7 ]            [  0  -7 ]
# ```
#
# Compare `grad_h` with `h`: where `h` is positive the gradient passes, whether it is −4 or −7. Where `h` is negative it is
# stopped, whether it is 5 or 6. If your result has no negative entry, you looked at the wrong sign. That was the original's
# slip, the story of way 1. Autograd cannot notice it here, because you are the one who writes the derivative.
#
# (At exactly 0 the ReLU has a kink and no derivative. PyTorch takes 0 there. The check does not ask for it.)

# %% role="exercise" name="ReLU"
class ReLU(torch.autograd.Function):
    """The ReLU with its backward pass by hand; use it as ReLU.apply(h)."""

    @staticmethod
    def forward(ctx, h):
        """Replace negative entries by 0: h -> h_relu, of the same shape."""
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
# In way 1 you checked gradients by nudging: raise a number a little, and see how the result changes. PyTorch has a function
# for this. `torch.autograd.gradcheck` nudges every input up and down and compares with your `backward`. It needs float64,
# because the nudges are tiny.
#
# Then your ReLU follows a small layer with two units. The first unit is on for both rows, the second is off for both. What
# will be the gradient of the second unit's weights?

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
    print(f"unit {unit}, {state}: gradient of its weights {gradient}")

# %% [markdown] role="prose" name="about_relu_witness"
# A unit that is off learns nothing from the examples for which it is off. A unit that is off for all examples learns
# nothing at all. It is called *dead*.

# %% [markdown] role="prose" name="about_make_optimizer"
# ## The plain optimizer
#
# About 2 minutes. Write `make_optimizer(model, lr)`.
#
# - **In:** a model (a `torch.nn.Module`) and the learning rate `lr`.
# - **Out:** an optimizer of the class `torch.optim.SGD` for **all** parameters of the model. Its learning rate is `lr`. All
#   its other options keep their default values.
#
# SGD stands for *stochastic gradient descent*. With its default options it is the rule of ways 1 to 4: `lr` times the
# gradient, downhill. (*Stochastic* means random: usually each step takes only some of the examples, chosen at random. Here
# each step takes all 64, so nothing is left to chance.)
#
# **A tiny example to do on paper.** A weight 3 has the gradient 8, a bias 1 has the gradient 4, and `lr = 0.05`. One step of
# SGD gives 3 − 0.05·8 = 2.6 and 1 − 0.05·4 = 0.8. What would Adam's first step have given? (2.95 and 0.95.)

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
# About 6 minutes. Write `train(model, loss_fn, optimizer, x, y, steps)`. It is the function of way 5, word for word. Write
# it once more without looking, because you will write these lines in every project with PyTorch.
#
# - **In:** a model and a loss to call, an optimizer that has been made for this model, `x` (n, d_in), `y` (n, d_out), and
#   the number of `steps`.
# - **Out:** `losses`, a list with one Python float per step. Each loss is taken **before** the update of its step.
# - **On the way:** each step uses the gradients of this step alone, and asks the optimizer for one update. Afterwards the
#   model that was handed in is trained.
#
# **A tiny example to do on paper.** One weight 3, one bias 1, one row `x = 2`, the target `y = 5`, SGD with `lr = 0.05`. The
# prediction is 7 and the loss 4. The gradients are 8 and 4, so the step leads to 2.6 and 0.8, as above. The next prediction
# is 2·2.6 + 0.8 = 6, and its loss is 1. With `steps=2` the answer is `[4.0, 1.0]`.

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
# Your class, with the numbers of way 4, SGD and `lr = 1e-4`. Next to your losses are those that way 4 printed. The black
# marks in the picture are the losses of the earlier lessons.

# %% role="demonstration" name="run"
net = with_way4_numbers()
losses = train(net, loss_fn, make_optimizer(net, 1e-4), x, y, 500)
way_4 = {0: 645.314, 1: 598.864, 2: 558.425, 10: 345.054}
for step in [0, 1, 2, 10]:
    print(f"step {step:3}  way 6: {losses[step]:.6g}  way 4: {way_4[step]:.6g}")
print(f"step 499  way 6: {losses[499]:.2g}  way 4: {7.4e-6:.2g}")

earlier = {"ways 1 to 3": "ways 1 to 3", "way 4": "way 4: by hand", "way 5": "way 5: Adam"}
figures.losses({"way 6: SGD": losses}, beside=earlier)

# %% [markdown] role="prose" name="about_run"
# The squares lie on your line. Way 4 and way 6 are the same network with the same update rule, written in two ways.
#
# There are six lessons and only three curves. A curve depends on the start, the update rule and the learning rate. How you
# write it down makes no difference to the numbers. It makes a difference to you.

# %% [markdown] role="prose" name="shortcut_text"
# ## Beyond the chain
#
# Now a network that is not a chain. Its input takes two paths: your two-layer network, and a shortcut with one linear layer
# straight to the output. The two results are added. The parts are assigned from outside, as with the bag above, and the
# module registers them. Your `train` and your `make_optimizer` work with it as they are. How many parameters does it
# have?

# %% role="demonstration" name="shortcut"
class WithShortcut(torch.nn.Module):
    """Add the outputs of two paths, `long` and `short`."""

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
# inputs now reaches the output directly as well. You did not have to change a line of the training. This is what the six
# ways were for: in the end the network, the loss, the update rule and the loop are four separate things, and you can
# replace each of them alone.

# %% [markdown] role="prose" name="noise_text"
# ## Something to learn
#
# So far the targets were random numbers. Your network memorised them. Did it learn anything that holds for *new*
# examples? Predict the loss on 64 of them, then run the cell. The last line is the loss of a network that always says 0.

# %% role="demonstration" name="noise"
torch.manual_seed(1)
new_x, new_y = torch.randn(N, D_IN), torch.randn(N, D_OUT)
print(f"64 examples it was trained on:  {losses[-1]:.1g}")
print(f"64 new examples:                {loss_fn(net(new_x), new_y).item():.3g}")
print(f"new examples, always saying 0:  {new_y.square().sum().item():.3g}")

# %% [markdown] role="prose" name="moons_text"
# On new examples it is worse than saying nothing. That is what memorising noise is worth.
#
# Now data with a pattern: points in a plane, on two interlocking half-moons. The target says on which moon a point lies, 1
# or −1. Your class, your loss, your optimizer and your `train` do the rest. The network learns from 100 points. Another
# 1000 points are **kept aside**: it never sees them in training. Only they tell whether it has learned the pattern. Guess
# for each network how many of them it gets right.

# %% role="demonstration" name="moons"
def half_moons(n):
    """Draw points near two half-moons (n, 2), and the moon of each, 1 or -1 (n, 1)."""
    moon = torch.arange(n) % 2 * 2.0 - 1
    angle = torch.pi * torch.rand(n)
    across, up = moon * (angle.cos() + 0.5), moon * (angle.sin() - 0.25)
    points = torch.stack([across, up], dim=1) + 0.2 * torch.randn(n, 2)
    return points, moon[:, None]


def share_right(network, points, moon):
    return (network(points).sign() == moon).double().mean().item()


torch.manual_seed(0)
points, moon = half_moons(100)
kept_aside, moon_aside = half_moons(1000)
networks = {}
print("hidden units   right in training   kept aside")
for d_h in [1, 4, 32]:
    torch.manual_seed(0)
    network = TwoLayerNet(2, d_h, 1)
    train(network, loss_fn, make_optimizer(network, 2e-3), points, moon, 1000)
    seen = share_right(network, points, moon)
    unseen = share_right(network, kept_aside, moon_aside)
    print(f"{d_h:12} {seen:19.0%} {unseen:12.0%}")
    networks[f"hidden units: {d_h}"] = network

# %% role="figure" name="moons_drawn"
figures.regions(networks, points, moon)

# %% [markdown] role="prose" name="about_moons"
# This time the network knows something about points that it has never seen. Three things to notice:
#
# - It is right more often in training than on the points kept aside. The first number also counts what it memorised.
#   Trust the second.
# - A hidden unit is off on one side of a straight line and on on the other. With one unit the boundary is a single line.
#   Each further unit can add a bend.
# - More units help until the boundary follows the moons. Most points that are still wrong lie where the moons overlap, and
#   nothing in their two numbers tells those apart.
#
# (If you made your layers in another order, your networks start from other random numbers, and your shares differ a
# little.)

# %% [markdown] role="prose" name="look_back"
# ## A look back at six ways
#
# | way | forward | backward | update | what it saved you |
# |---|---|---|---|---|
# | 1 NumPy | by hand | by hand | by hand | nothing: you saw every number |
# | 2 tensors | by hand | by hand | by hand | the same code runs on a GPU |
# | 3 autograd | by hand | autograd | by hand | five gradients and their slips |
# | 4 chain | layers | autograd | a loop | weights, shapes, a sensible start |
# | 5 optimizer | layers | autograd | optimizer | the update rule and its memory |
# | 6 class | your `forward`, with layers | autograd | optimizer | the limits of a chain |
#
# Each way took over something that you had done by hand before. That is the right order. When something goes wrong in way 6,
# and it will, you know what happens inside ways 5 to 1. You also have the tools: read the shapes, predict the first loss,
# nudge a number, and do not trust a curve only because it falls.

# %% [markdown] role="prose" name="explain_question"
# ## Explain in your own words
#
# About 8 minutes, 5 points, read by a person. Answer in six to ten sentences.
#
# 1. A friend keeps the layers of a network in a plain list, `self.layers = […]`. The forward pass works. Making an
#    optimizer fails with the message that it got an empty parameter list. Explain what happened, and name one remedy.
# 2. Why is `n` not an argument of `TwoLayerNet`, while `d_in` is? What could you no longer do if `n` were fixed in the class?
# 3. Your ReLU decides in `backward` by the value that was saved in `forward`. Why must it be that value, and not the
#    gradient that arrives?

# %% [markdown] role="written" name="explain"
# **Your answer**
#
# ### BEGIN SOLUTION
# 1. A module registers layers and parameters when they are assigned to an attribute. It does not look into a plain list. So the layers exist and
#    can be called, but the module's own list stays empty. `parameters()` goes by that list and yields nothing, and so the optimizer has nothing to move. The
#    remedy is a `ModuleList` (or a `Sequential`) around the list, or one attribute for each layer.
# 2. The class holds the weights, and their shapes are made of `d_in`, `d_h` and `d_out` only: each example goes through the same weights. `n` is
#    just the number of rows of a product. If it were fixed, the network could not take another number of examples, for instance a single new one after training, or a last
#    batch that is smaller than the others.
# 3. The question is what a small nudge of `h` does to the loss. If `h` was negative, the output is 0 before and after the nudge, so the gradient is 0. If `h` was positive, the
#    nudge arrives as it is, so the gradient passes, whatever its sign. The gradient that arrives says in which direction the output should go. It does not
#    say whether the unit was on.
# ### END SOLUTION
#
# ### BEGIN MARK SCHEME
# 5 points in all; half points may be given.
#
# - 2 points, question 1: one for "registration happens at assignment to an attribute and does not look into lists, so
#   `parameters()` is empty"; one for a remedy that works: a `ModuleList`, a `Sequential`, or one attribute for each layer.
# - 1.5 points, question 2: one for "no shape of a parameter contains `n`, every example meets the same weights"; half for
#   "another number of rows would be impossible", with an example.
# - 1.5 points, question 3: one for "off: a nudge of `h` changes nothing; on: it passes with any sign"; half for "the sign
#   of the gradient that arrives says nothing about on or off".
# ### END MARK SCHEME

# %% [markdown] role="prose" name="next"
# ## Hand in
#
# Choose *Kernel > Restart Kernel and Run All Cells…* once, to see that everything works from top to bottom. The cell below
# sums up the points of your checks. Then save the notebook: this file is what you hand in.
#
# This was the last of the six ways; [START](../START.ipynb) has them all.

# %% role="demonstration" name="progress"
from course import check

check.progress()
