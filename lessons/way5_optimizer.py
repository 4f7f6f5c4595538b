# %% [markdown] role="prose" name="intro"
# # Way 5: an optimizer
#
# In way 4 the training loop still changed the parameters itself: `lr` times the gradient, downhill. This is the oldest
# rule, and not the only one. PyTorch offers a dozen such rules as objects, called **optimizers**. In this lesson you use
# the best known of them, *Adam*, and then you write its rule by hand.
#
# You will
#
# 1. make an optimizer for a model,
# 2. train with it,
# 3. write one step of Adam yourself, and see that it does the same as PyTorch's.
#
# Plan 60 to 80 minutes. You need way 4: what `model.parameters()` holds, and why old gradients have to be cleared.
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
check = start("way5_optimizer")

# %% [markdown] role="prose" name="about_setup"
# As in way 4 everything is float64, so that you can compare the numbers you print with ours. The original used float32,
# the usual choice.

# %% [markdown] role="prose" name="picture"
# ## The picture and the shapes
#
# The network is the one of way 4. What is new is that an optimizer changes the parameters.
#
# ```text
#   x ───► model ───► y_pred ───► loss ◄─── y
#            ▲                      │
#            │                      │ backward
#            │                      ▼
#       parameters ◄─── optimizer ◄─── gradients
#                      its memory
# ```
#
# The optimizer is given the parameters **once**, when it is made. After each backward pass you ask it for one step. It
# reads the gradients and changes the parameters. It does not change the gradients. (A remark in the original says that
# the step "updates the gradients". What it updates is the parameters.)
#
# Adam has a **memory**. For each number in the network it keeps two more: `m`, an average of the past gradients, and
# `v`, an average of their squares. Fill in the shapes on paper, for `N, D_IN, D_H, D_OUT = 64, 1000, 100, 10`.
#
# | parameter | its shape | its gradient | its `m` | its `v` |
# |---|---|---|---|---|
# | weight of layer 0 | ? | ? | ? | ? |
# | bias of layer 0 | ? | ? | ? | ? |
# | weight of layer 2 | ? | ? | ? | ? |
# | bias of layer 2 | ? | ? | ? | ? |
#
# How many numbers does the computer keep in all, parameters, gradients and memory together?
#
# <details><summary>Show the answers</summary>
#
# In each row all four shapes are the same: (100, 1000), (100,), (10, 100), (10,). There are 101,110 parameters, so the
# computer keeps 4 · 101,110 = 404,440 numbers. For a large network this matters: from its first step on, training with
# Adam needs four times the memory of the parameters alone, without counting the examples. (The gradients appear in the
# first backward pass, `m` and `v` in the first step.)
#
# </details>

# %% [markdown] role="prose" name="predict"
# ## Predict the first loss
#
# This lesson uses the same data as all the others and, with the same seed, the model of way 4. Way 4 printed 645.314,
# 598.864 and 558.425 in steps 0, 1 and 2. Now the optimizer is Adam. Which of the three numbers will you see again? Write
# it down.
#
# <details><summary>Show the answer</summary>
#
# Only the first one, 645.314. The loss of step 0 is taken before any update, so no optimizer has done anything yet. From
# step 1 on Adam goes its own way. How far it gets in one step is a prediction that you will make below.
#
# </details>

# %% role="demonstration" name="draw"
x, y, _, _ = (torch.from_numpy(array) for array in same_draw())
print("x", tuple(x.shape), " y", tuple(y.shape), x.dtype)

# %% [markdown] role="prose" name="two_numbers"
# ## An optimizer on two numbers
#
# An optimizer needs no network. It needs tensors that record gradients. The next cell makes an optimizer called *Adagrad*
# for a tensor with two numbers. All optimizers of `torch.optim` are made in this way: **first** the tensors to be
# updated, in a list or something like a list, **then** options such as the learning rate.

# %% role="demonstration" name="two_numbers_moved"
dial = torch.tensor([3.0, -4.0], requires_grad=True)
adagrad = torch.optim.Adagrad([dial], lr=0.5)

dial.square().sum().backward()
print("before the step:", [f"{value:.4g}" for value in dial.tolist()], " gradient:", dial.grad.tolist())
adagrad.step()
print("after the step: ", [f"{value:.4g}" for value in dial.tolist()], " gradient:", dial.grad.tolist())

# %% [markdown] role="prose" name="about_two_numbers"
# The two gradients were 6 and −8. Both numbers moved towards 0, downhill, and both by 0.5. You would expect `lr` times the
# gradient, which is 3 and 4. So this rule does more than multiply. Adam will surprise you in the same way.
#
# The gradient is still there after the step. Clearing it is still your job.

# %% [markdown] role="prose" name="about_make_optimizer"
# ## Make the optimizer
#
# About 6 minutes. Write `make_optimizer(model, lr)`.
#
# - **In:** a model (a `torch.nn.Module`) and the learning rate `lr`.
# - **Out:** an optimizer of the class `torch.optim.Adam` for **all** parameters of the model. Its learning rate is `lr`. All
#   its other options keep their default values.
#
# **A tiny example to do on paper.** A model has one weight, 3, with the gradient 8, and one bias, 1, with the gradient
# −0.002. You make an optimizer with `lr = 0.1` and ask it for one step. Adam's first step changes **every** number by almost
# exactly `lr`, however large or small its gradient is. Only the sign of the gradient counts. So:
#
# | | value | gradient | moves | value after the step |
# |---|---|---|---|---|
# | weight | 3 | 8 | down by 0.1 | 2.9 |
# | bias | 1 | −0.002 | up by 0.1 | 1.1 |
#
# If you pass only some of the parameters, the others never change. If you do not pass `lr`, Adam uses its default 0.001,
# without a warning.
#
# **From way 4:** this lesson needs your model and your loss. So the cell has two more blanks, `make_model` and
# `make_loss`. Copy what you wrote in way 4, or write it once more from memory. They are not graded here, but the cells
# below call them.

# %% role="exercise" name="make_optimizer"
def make_optimizer(model, lr):
    """Make an Adam optimizer for a whole model; apart from lr its options are the default ones.

    model: torch.nn.Module, lr: learning rate   -> torch.optim.Adam
    """
    ### BEGIN SOLUTION
    return torch.optim.Adam(model.parameters(), lr=lr)
    ### END SOLUTION


def make_model(d_in, d_h, d_out):
    """Copy this one from way 4: the two-layer network."""
    ### BEGIN SOLUTION
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    ### END SOLUTION


def make_loss():
    """Copy this one from way 4: the summed squared error."""
    ### BEGIN SOLUTION
    return torch.nn.MSELoss(reduction="sum")
    ### END SOLUTION


# %% role="check" name="check_make_optimizer"
### BEGIN HIDDEN TESTS
check.also(seed=34871)
### END HIDDEN TESTS
check("make_optimizer")

# %% [markdown] role="prose" name="first_loss_text"
# ## The first loss and a guess at the second
#
# The first loss must be 645.314. If it is not, look at the model and the loss that you copied.
#
# And now the guess. If every number of the network moves by `lr` downhill, then the loss falls by about `lr` times the sum
# of the absolute values of all gradients. The next cell computes this sum. It does not store the gradients, and it changes
# nothing.

# %% role="demonstration" name="first_loss"
torch.manual_seed(0)
model = make_model(D_IN, D_H, D_OUT)
loss_fn = make_loss()
prediction = model(x)
first_loss = loss_fn(prediction, y)
print(f"first loss: {first_loss.item():.6g}")

gradients = torch.autograd.grad(first_loss, list(model.parameters()))
total = sum(gradient.abs().sum().item() for gradient in gradients)
print(f"sum of the absolute values of all gradients: {total:.6g}")
print(f"guess for the second loss with lr = 1e-4:    {first_loss.item() - 1e-4 * total:.4g}")

# %% [markdown] role="prose" name="two_ways_to_clear"
# ## Two ways to clear
#
# Models have a method `zero_grad()`, and optimizers have one too. The original notes that either seems to work. When is
# that true? The model clears the gradients of **its** parameters. The optimizer clears those of the tensors **it was
# given**. In the next cell there are two layers, and the optimizer was given only one of them. Predict the four lines.

# %% role="demonstration" name="who_clears_what"
first, second = torch.nn.Linear(2, 2), torch.nn.Linear(2, 2)
holder = torch.optim.Adagrad(first.parameters(), lr=0.1)


def fill_gradients():
    second(first(torch.ones(1, 2))).sum().backward()


def report(who):
    for name, layer in {"first": first, "second": second}.items():
        state = "gone" if layer.weight.grad is None else "still there"
        print(f"{who} cleared: gradient of {name} {state}")


fill_gradients()
holder.zero_grad()
report("holder")
fill_gradients()
second.zero_grad()
report("second")

# %% [markdown] role="prose" name="about_two_ways"
# In this course the optimizer is given all parameters of the model, so both do the same. They differ when an
# optimizer holds only a part of a model (the rest is "frozen"), or parts of two models. Then ask yourself which gradients
# the next step will use.

# %% [markdown] role="prose" name="about_train"
# ## Train with an optimizer
#
# About 8 minutes. Write `train(model, loss_fn, optimizer, x, y, steps)`.
#
# - **In:** a model and a loss to call, as in way 4. An `optimizer` that has already been made for this model. `x`
#   (n, d_in), `y` (n, d_out). The number of `steps`.
# - **Out:** `losses`, a list with one Python float per step. Each loss is taken **before** the update of its step.
# - **On the way:** each step uses the gradients of this step alone, and asks the optimizer for one update. Afterwards the
#   model that was handed in is trained.
#
# There is no `lr` among the arguments: the optimizer knows it. Nor should your function rely on Adam: it has to work with
# every optimizer. And it uses the one it was given, with its memory, from the first step to the last.
#
# **A tiny example to do on paper.** One weight 3, one bias 1, one row `x = 2`, the target `y = 5`, Adam with `lr = 0.1`.
#
# | step | prediction | loss | gradients | new weight | new bias |
# |---|---|---|---|---|---|
# | 0 | 2·3 + 1 = 7 | 2² = 4 | 8 and 4 | 3 − 0.1 = 2.9 | 1 − 0.1 = 0.9 |
# | 1 | 2·2.9 + 0.9 = 6.7 | 1.7² = 2.89 | … | … | … |
#
# With `steps=2` the answer is `[4.0, 2.89]`.
#
# Two slips to watch for. The name of a method without its parentheses is not an error in Python: it just does nothing. And
# a step at the wrong moment uses gradients that are old, or missing. Look at the picture at the top: which way do the
# arrows go?

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
check.also(seed=60418)
### END HIDDEN TESTS
check("train")

# %% [markdown] role="prose" name="run_text"
# ## Run it and plot it
#
# The tiny example first, then the real network. Compare the loss of step 1 with your guess. The black marks in the picture
# are the losses of the ways before.

# %% role="demonstration" name="run"
tiny = torch.nn.Linear(1, 1)
tiny.load_state_dict({"weight": torch.tensor([[3.0]]), "bias": torch.tensor([1.0])})
tiny_x, tiny_y = torch.tensor([[2.0]]), torch.tensor([[5.0]])
tiny_losses = train(tiny, loss_fn, make_optimizer(tiny, 0.1), tiny_x, tiny_y, steps=2)
print("tiny example:", [f"{value:.4g}" for value in tiny_losses])


def run_adam(lr, steps=500):
    torch.manual_seed(0)
    model = make_model(D_IN, D_H, D_OUT)
    return train(model, loss_fn, make_optimizer(model, lr), x, y, steps)


losses = run_adam(1e-4)
for step in [0, 1, 2, 10]:
    print(f"step {step:3}  loss {losses[step]:.6g}")
for step in [100, 499]:
    print(f"step {step:3}  loss {losses[step]:.2g}")

curves = {"way 5: Adam, lr = 1e-4": losses, "way 5: Adam, lr = 1e-3": run_adam(1e-3, 150)}
figures.losses(curves, beside={"ways 1 to 3": "ways 1 to 3", "way 4": "way 4, lr = 1e-4"})

# %% [markdown] role="prose" name="about_run"
# The guess was 628.5. It is a little too low, because the gradients change during the step.
#
# Is Adam better than the plain rule of way 4? With the same `lr` it is behind for the first 330 steps and ahead at the
# end. With an `lr` ten times as large it is far ahead. But the two `lr` do not mean the same. In way 4 `lr` is a factor in
# front of the gradient, so a small gradient makes a small step. In Adam `lr` is nearly the length of the step itself. That
# is why 1e-3 suits Adam in very many networks, while the plain rule needs a different `lr` for each. This, more than
# speed, made Adam popular.

# %% [markdown] role="prose" name="two_mistakes"
# ## Two mistakes that look fast
#
# Two people made one mistake each. Everything else was as in your run, with `lr = 1e-4`. The first one forgot to clear the
# gradients. The second one made a new optimizer in every step, inside the loop. Here are their losses. At step 50
# both are **faster** than you.
#
# | step | never cleared | new optimizer in each step |
# |---|---|---|
# | 0 | 645.3 | 645.3 |
# | 1 | 628.8 | 628.8 |
# | 2 | 613.2 | 612.6 |
# | 50 | 144.1 | 150.2 |
# | 100 | 80.45 | 4.853 |
# | 200 | 85.0 | 0.06128 |
# | 499 | 83.41 | 0.06203 |
#
# Before you run the next cell: why do all agree in steps 0 and 1? And why does the second one get stuck at about 0.06?

# %% role="demonstration" name="mistakes_beside"
never_cleared = {0: 645.3, 20: 379.8, 50: 144.1, 100: 80.45, 150: 140.9, 200: 85.0, 300: 88.35, 400: 71.06, 499: 83.41}
new_in_each = {0: 645.3, 20: 378.2, 50: 150.2, 100: 4.853, 150: 0.06155, 200: 0.06128, 300: 0.0613, 499: 0.06203}
for step in [0, 1, 2, 50, 100, 200, 499]:
    print(f"step {step:3}  yours {losses[step]:.{4 if step < 100 else 2}g}")
figures.losses({"yours": losses, "never cleared": never_cleared, "new optimizer in each step": new_in_each})

# %% [markdown] role="prose" name="about_mistakes"
# Step 0 comes before any update, and in the first update there is no old gradient and no memory yet. So the mistakes
# cannot show before step 2.
#
# Without clearing, Adam sees the sum of all gradients since the beginning. It runs past the lowest point and turns round
# late, again and again.
#
# A new optimizer has no memory. Each of its steps is a first step, and you know how long those are: `lr` for every number.
# Near the lowest point you need short steps. This one jumps over it and back for ever.
#
# A fast start proves nothing, and neither does a falling curve. You saw that in way 1 already.

# %% [markdown] role="prose" name="memory_text"
# ## What Adam remembers
#
# Look into the memory. The next cell trains a single number. Its loss is chosen so that its gradient is 1 in every step.
# Then the average of all past gradients is 1, and so is the average of their squares. What are `m` and `v`? (PyTorch calls
# them `exp_avg` and `exp_avg_sq`.)

# %% role="demonstration" name="memory"
tiny = torch.nn.Linear(1, 1, bias=False)
optimizer = make_optimizer(tiny, 0.1)
one = torch.ones(1, 1)
kept_m, kept_v = [], []
for _ in range(60):
    train(tiny, lambda y_pred, y: y_pred.sum(), optimizer, one, one, steps=1)
    memory = optimizer.state[tiny.weight]
    kept_m.append(memory["exp_avg"].item())
    kept_v.append(memory["exp_avg_sq"].item())
print("what is kept:", sorted(memory))
print("m after 1, 2, 3 steps:", *[f"{value:.4g}" for value in kept_m[:3]])
print("v after 1, 2, 3 steps:", *[f"{value:.4g}" for value in kept_v[:3]])
figures.adam_averages(kept_m, kept_v)

# %% [markdown] role="prose" name="about_memory"
# Both are too small. Both start at 0, and both take in only a little of the new value each time: `m` one tenth, `v` one
# thousandth. So at first they are mostly still zero. `m` has caught up after some 40 steps. `v` would need thousands.
#
# Adam corrects this. After t steps, `m` is the fraction $1 - 0.9^t$ of the true average. That is 0.1, 0.19, 0.271, …: the
# numbers printed above. Divide `m` by this fraction and it is right from the first step on. This is the **bias
# correction**. (It has nothing to do with the biases of a layer.)

# %% [markdown] role="prose" name="about_adam_step"
# ## One step of Adam by hand
#
# About 18 minutes. Write `adam_step(param, grad, m, v, t, lr, beta1, beta2, eps)`.
#
# - **In:** four tensors of one shape, any shape: `param`, its gradient `grad`, and the memory `m` and `v`. The number of this
#   step, `t`, an integer that **counts from 1**. Four numbers: `lr`, `beta1`, `beta2`, `eps`.
# - **Out:** nothing. The function returns `None`.
# - **On the way:** it changes `param`, `m` and `v` **in place**. It leaves `grad` alone.
#
# The caller keeps `m` and `v` between the calls. They are zero before the first. By hand means arithmetic on tensors,
# without PyTorch's own Adam. Autograd is switched off in this exercise, and the check tells you if you use it.
#
# The rule, for each number with the gradient $g$, in this order (Kingma and Ba, *Adam: a method for stochastic
# optimization*, 2015, Algorithm 1):
#
# $$
# \begin{aligned}
# m &\leftarrow \beta_1 \, m + (1 - \beta_1) \, g && \text{average of the gradients} \\
# v &\leftarrow \beta_2 \, v + (1 - \beta_2) \, g^2 && \text{average of their squares} \\
# \hat m &= m / (1 - \beta_1^t) && \text{bias correction} \\
# \hat v &= v / (1 - \beta_2^t) && \text{bias correction} \\
# \text{param} &\leftarrow \text{param} - \text{lr} \cdot \hat m \, / \, (\sqrt{\hat v} + \varepsilon) && \text{the step}
# \end{aligned}
# $$
#
# Here $\beta_1$, $\beta_2$ and $\varepsilon$ are `beta1`, `beta2` and `eps`. The arrow means: replace what was there. `m` and
# `v` are kept without the correction. The corrected $\hat m$ and $\hat v$ are used in this one step only. The small
# $\varepsilon$ is **outside** the root. It prevents a division by zero.
#
# **A tiny example to do on paper.** One number, 1. `lr = 0.1`, `beta1 = 0.5`, `beta2 = 0.75`, and an `eps` so small that
# you can ignore it. The first gradient is 4, the second is 0.
#
# | t | g | m | v | $\hat m$ | $\hat v$ | step | param |
# |---|---|---|---|---|---|---|---|
# | 1 | 4 | 0 + 0.5·4 = 2 | 0 + 0.25·16 = 4 | 2 / 0.5 = 4 | 4 / 0.25 = 16 | 0.1 · 4 / 4 = 0.1 | 0.9 |
# | 2 | 0 | 0.5·2 + 0 = 1 | 0.75·4 + 0 = 3 | 1 / 0.75 = 1.3333 | 3 / 0.4375 = 6.8571 | 0.1 · 1.3333 / 2.6186 = 0.0509 | 0.8491 |
#
# In the first row you see why the first step has the length `lr`: $\hat m$ is $g$, $\hat v$ is $g^2$, and $g / \sqrt{g^2}$ is
# 1 or −1. In the second row the gradient is 0, and still the number moves, because of the memory.
#
# Think of the trap with the prices in way 4. If you give an old name to a new tensor, the caller does not see it.

# %% role="exercise" name="adam_step"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    """Do one step of Adam in place.

    param, grad, m, v: tensors of one shape; t: number of this step, 1 in the first
    -> None; param, m and v are changed in place, grad is not
    """
    ### BEGIN SOLUTION
    m *= beta1
    m += (1 - beta1) * grad
    v *= beta2
    v += (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (v_hat.sqrt() + eps)
    ### END SOLUTION


# %% role="check" name="check_adam_step"
### BEGIN HIDDEN TESTS
check.also(seed=92753)
### END HIDDEN TESTS
check("adam_step")

# %% [markdown] role="prose" name="own_optimizer_text"
# ## Your own optimizer
#
# What is an optimizer, then? An object that holds tensors, keeps a memory for each, and has the methods `step()` and
# `zero_grad()`. The next cell builds one around **your** `adam_step`. Then your `train` runs with your Adam, and its
# losses are compared with those of PyTorch's Adam from the same start.

# %% role="demonstration" name="own_optimizer"
class AdamByHand(torch.optim.Optimizer):
    """Move parameters by adam_step; zero_grad comes from the parent class."""

    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr})
        self.t = 0
        held = self.param_groups[0]["params"]
        self.memory = {p: (torch.zeros_like(p), torch.zeros_like(p)) for p in held}

    @torch.no_grad()
    def step(self):
        self.t += 1
        lr = self.param_groups[0]["lr"]
        for p, (m, v) in self.memory.items():
            adam_step(p, p.grad, m, v, self.t, lr, 0.9, 0.999, 1e-8)


number, m, v = torch.tensor([1.0]), torch.zeros(1), torch.zeros(1)
for t, gradient in [(1, 4.0), (2, 0.0)]:
    adam_step(number, torch.tensor([gradient]), m, v, t, 0.1, 0.5, 0.75, 1e-12)
    print(f"tiny example, t = {t}: m {m.item():.4g}, v {v.item():.4g}, param {number.item():.4g}")

torch.manual_seed(0)
model = make_model(D_IN, D_H, D_OUT)
by_hand = train(model, loss_fn, AdamByHand(model.parameters(), 1e-4), x, y, 100)
difference = max(abs(a - b) / b for a, b in zip(by_hand, losses[:100], strict=True))
print("100 steps, loss differs by less than 1e-8 of itself:", difference < 1e-8)

# %% [markdown] role="prose" name="about_own_optimizer"
# Nothing in `torch.optim.Adam` is hidden from you any more. Its real code is longer, because it has more options and
# updates many tensors at once. But the rule is the one you wrote.

# %% [markdown] role="prose" name="look_back"
# ## A look back
#
# | job | way 3 | way 4 | way 5 |
# |---|---|---|---|
# | make the weights | by hand | the layers | the layers |
# | forward, loss | by hand | call the model, call the loss | the same |
# | backward | autograd | autograd | autograd |
# | clear the gradients | one line per weight | the model | the optimizer |
# | update | one line per weight, inside `no_grad` | a loop, inside `no_grad` | the optimizer |
#
# Your training loop contains no mathematics any more. It only says in which order things happen. To use another update
# rule, you change one word in `make_optimizer`. One limit is left: the model can only be a chain. In way 6 it can be
# anything.

# %% [markdown] role="prose" name="explain_question"
# ## Explain in your own words
#
# About 8 minutes, 5 points, read by a person. Answer in six to ten sentences. Use Adam's rule for questions 1 and 2.
#
# 1. Why does Adam's first step move every number by almost exactly `lr`, no matter how large its gradient is?
# 2. Somebody multiplies the loss by 1000. What happens to the steps of way 4's plain rule, and what to those of Adam? Why?
# 3. Why must the optimizer be made once, before the loop, and not again in each step? What in your plot shows it?

# %% [markdown] role="written" name="explain"
# **Your answer**
#
# ### BEGIN SOLUTION
# 1. In the first step m is (1 − β1) · g and v is (1 − β2) · g², because both start at zero. The bias correction divides by exactly
#    these factors, so m_hat = g and v_hat = g². The step is lr · g / (|g| + ε), which is lr or −lr as long as |g| is much larger than ε.
# 2. Every gradient becomes 1000 times as large. The plain rule multiplies it by lr, so its steps become 1000 times as long, and with the
#    same lr the training blows up. In Adam m_hat grows by the factor 1000, and so does the root of v_hat. The factor cancels, and the steps stay what they
#    were (apart from ε, which then matters even less).
# 3. The memory m and v lives in the optimizer. A new one starts from zero, so each of its steps is a first step of length
#    lr, also near the goal where short steps are needed. In the plot its curve is fast at first and then stays at 0.06.
# ### END SOLUTION
#
# ### BEGIN MARK SCHEME
# 5 points in all; half points may be given.
#
# - 2 points, question 1: one for "after the correction m_hat is the gradient and v_hat its square"; one for "so m_hat over
#   the root of v_hat is ±1, and the step ±lr".
# - 2 points, question 2: one for "the plain rule's steps become 1000 times as long"; one for "in Adam the factor cancels
#   between m_hat and the root of v_hat". "Adam adapts" without a reason gives half a point.
# - 1 point, question 3: half for "the memory would be lost, and every step be a first step of length lr"; half for "the
#   curve gets stuck at about 0.06".
# ### END MARK SCHEME

# %% [markdown] role="prose" name="next"
# ## Hand in
#
# Choose *Kernel > Restart Kernel and Run All Cells…* once, to see that everything works from top to bottom. The cell below
# sums up the points of your checks. Then save the notebook: this file is what you hand in.
#
# Next comes [way 6: a class of your own](../way6_module/way6_module.ipynb).

# %% role="demonstration" name="progress"
from course import check

check.progress()
