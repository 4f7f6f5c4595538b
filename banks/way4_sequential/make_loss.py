# %% as_in_the_original
def make_loss():
    return torch.nn.MSELoss(reduction="sum")

# %% attribute_set_afterwards
def make_loss():
    criterion = torch.nn.MSELoss()
    criterion.reduction = "sum"
    return criterion

# %% by_hand
def make_loss():
    def loss(y_pred, y):
        return (y_pred - y).pow(2).sum()

    return loss

# %% callable_object
class Loss:
    def __call__(self, y_pred, y):
        return torch.square(y_pred - y).sum()


def make_loss():
    return Loss()

# %% einsum
def make_loss():
    return lambda p, t: torch.einsum("ij,ij->", p - t, p - t)

# %% function_of_the_module note="a function outside, handed back without parentheses"
def sum_of_squares(y_pred, y):
    return torch.sum(torch.square(y_pred - y))


def make_loss():
    return sum_of_squares

# %% functional_lambda
import torch.nn.functional as F


def make_loss():
    return lambda y_pred, y: F.mse_loss(y_pred, y, reduction="sum")

# %% mean_times_number
def make_loss():
    mean = torch.nn.MSELoss()

    def loss(y_pred, y):
        return mean(y_pred, y) * y_pred.numel()

    return loss

# %% module_of_its_own
class SumOfSquares(torch.nn.Module):
    def forward(self, y_pred, y):
        d = (y - y_pred).flatten()
        return torch.dot(d, d)


def make_loss():
    return SumOfSquares()

# %% named_first
from torch import nn


def make_loss():
    loss_fn = nn.MSELoss(reduction="sum")
    return loss_fn

# %% none_then_sum
def make_loss():
    each = torch.nn.MSELoss(reduction="none")
    return lambda y_pred, y: each(y_pred, y).sum()

# %% norm_squared
def make_loss():
    return lambda y_pred, y: torch.linalg.norm(y_pred - y) ** 2

# %% old_argument note="size_average is out of date and writes a warning; it still means the sum"
def make_loss():
    return torch.nn.MSELoss(size_average=False)

# %% partial
from functools import partial

import torch.nn.functional as F


def make_loss():
    return partial(F.mse_loss, reduction="sum")

# %% static_class
class SquaredError:
    @staticmethod
    def of(y_pred, y):
        return ((y - y_pred) ** 2).sum()


def make_loss():
    return SquaredError.of

# %% subclass
class Summed(torch.nn.MSELoss):
    def __init__(self):
        super().__init__(reduction="sum")


def make_loss():
    return Summed()

# %% abs_by_hand mistake="absolute-not-squared" note="absolute values by hand"
def make_loss():
    return lambda y_pred, y: (y_pred - y).abs().sum()

# %% l1_loss mistake="absolute-not-squared" note="L1Loss"
def make_loss():
    return torch.nn.L1Loss(reduction="sum")

# %% batch_mean mistake="batch-mean" note="per example"
def make_loss():
    total = torch.nn.MSELoss(reduction="sum")
    return lambda y_pred, y: total(y_pred, y) / y.shape[0]

# %% computed_in_single mistake="dtype-changed" note="half of the digits get lost"
def make_loss():
    def loss(y_pred, y):
        d = y_pred.float() - y.float()
        return d.pow(2).sum().to(y.dtype)

    return loss

# %% double_matrix mistake="dtype-changed" outcome="crashed" note="ones in double precision, whatever the inputs are"
def make_loss():
    def loss(y_pred, y):
        d = (y_pred - y).flatten()
        ones = torch.ones(len(d), dtype=torch.float64, device=d.device)
        return torch.dot(d * d, ones)

    return loss

# %% target_forgotten mistake="forgot-target" note="the prediction alone"
def make_loss():
    def loss(y_pred, y):
        return y_pred.pow(2).sum()

    return loss

# %% detached_prediction mistake="graph-cut" note="nobody can go backward from here"
def make_loss():
    def loss(y_pred, y):
        return (y_pred.detach() - y).pow(2).sum()

    return loss

# %% half_detached mistake="graph-cut" note="a product with a detached copy: half the gradient"
def make_loss():
    def loss(y_pred, y):
        d = y_pred - y
        return (d * d.detach()).sum()

    return loss

# %% rewrapped mistake="graph-cut" note="a new tensor with the old value"
def make_loss():
    return lambda y_pred, y: torch.tensor(((y_pred - y) ** 2).sum().item(), requires_grad=True)

# %% half mistake="half-loss" note="the convenient factor"
def make_loss():
    return lambda y_pred, y: 0.5 * torch.nn.functional.mse_loss(y_pred, y, reduction="sum")

# %% target_written_over mistake="inputs-changed" note="the residual is written into y"
def make_loss():
    def loss(y_pred, y):
        y -= y_pred
        return (y * y).sum()

    return loss

# %% y_pred_changed mistake="inputs-changed" outcome="crashed" note="writes the difference into the prediction"
def make_loss():
    def loss(y_pred, y):
        y_pred -= y
        return y_pred.pow(2).sum()

    return loss

# %% item_inside mistake="loss-is-a-number" note="a float has no history"
def make_loss():
    def loss(y_pred, y):
        return (y_pred - y).pow(2).sum().item()

    return loss

# %% numpy_inside mistake="loss-is-a-number" note="NumPy knows no history"
def make_loss():
    return lambda y_pred, y: np.sum((y_pred.detach().numpy() - y.numpy()) ** 2)

# %% asks_for_data mistake="loss-not-built" outcome="crashed" note="the loss itself in place of a function that makes one"
def make_loss(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y, reduction="sum")

# %% called_at_once_with_names mistake="loss-not-built" note="reads y_pred and y of the notebook"
def make_loss():
    return ((y_pred - y) ** 2).sum()

# %% called_with_notebook_data mistake="loss-not-built" note="called at once, with the notebook's data: a number, nothing to call"
def make_loss():
    return torch.nn.MSELoss(reduction="sum")(model(x), y)

# %% class_returned mistake="loss-not-built" outcome="crashed" note="the parentheses behind MSELoss"
def make_loss():
    return torch.nn.MSELoss

# %% data_into_constructor mistake="loss-not-built" outcome="crashed" note="the data go into the constructor: torch complains about a Boolean"
def make_loss():
    return lambda y_pred, y: torch.nn.MSELoss(y_pred, y)

# %% reduction_none mistake="loss-not-scalar" note="one loss for each entry"
def make_loss():
    return torch.nn.MSELoss(reduction="none")

# %% sum_over_outputs mistake="loss-not-scalar" note="one loss for each example"
def make_loss():
    return lambda y_pred, y: (y_pred - y).pow(2).sum(dim=1)

# %% default_reduction mistake="mean-not-sum" note="the default averages"
def make_loss():
    return torch.nn.MSELoss()

# %% functional_default mistake="mean-not-sum" note="the function itself: its default averages too"
import torch.nn.functional as F


def make_loss():
    return F.mse_loss

# %% own_mean mistake="mean-not-sum" note="mean by hand"
def make_loss():
    return lambda y_pred, y: ((y_pred - y) ** 2).mean()

# %% reduction_mean mistake="mean-not-sum" note="asked for the mean"
def make_loss():
    return torch.nn.MSELoss(reduction="mean")

# %% sum_of_mean mistake="mean-not-sum" note="the sum of one number is that number"
def make_loss():
    return lambda y_pred, y: torch.nn.MSELoss()(y_pred, y).sum()

# %% flattened_with_view mistake="needs-contiguous" note="view wants its numbers in one row in memory"
def make_loss():
    def loss(y_pred, y):
        return (y_pred.view(-1) - y.view(-1)).pow(2).sum()

    return loss

# %% mixed_precision mistake="none" note="autocast makes bfloat16 of float32"
def make_loss():
    def loss(y_pred, y):
        d = (y_pred - y).reshape(1, -1)
        with torch.autocast(d.device.type, dtype=torch.bfloat16):
            loss = d.mm(d.t())
        return loss.to(y.dtype).squeeze()

    return loss

# %% python_sum_of_squeezed mistake="none" outcome="crashed" note="a single number cannot be walked through"
def make_loss():
    def loss(y_pred, y):
        return sum((d**2).sum() for d in (y_pred - y).squeeze())

    return loss

# %% reduction_misspelled mistake="reduction-unknown" outcome="crashed" note="total is no reduction torch knows"
def make_loss():
    return torch.nn.MSELoss(reduction="total")

# %% rows_tried_first mistake="none" note="a slice left over: only the first ten examples"
def make_loss():
    def loss(y_pred, y):
        return (y_pred[:10] - y[:10]).pow(2).sum()

    return loss

# %% target_square_dropped mistake="none" note="multiplied out and left away what does not depend on the prediction: the gradient is right, the loss is not"
def make_loss():
    return lambda y_pred, y: (y_pred * y_pred - 2 * y_pred * y).sum()

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
def make_loss():
    raise NotImplementedError()

# %% differences mistake="not-squared" note="no square"
def make_loss():
    return lambda y_pred, y: (y_pred - y).sum()

# %% cross_entropy mistake="other-loss" note="the loss of a classifier"
def make_loss():
    return torch.nn.CrossEntropyLoss(reduction="sum")

# %% huber mistake="other-loss" note="straight lines far out"
def make_loss():
    return torch.nn.HuberLoss(reduction="sum")

# %% smooth_l1 mistake="other-loss" note="looked like the sum of both ideas"
def make_loss():
    return torch.nn.SmoothL1Loss(reduction="sum")

# %% mean_over_outputs mistake="output-mean" note="averaged over the outputs, summed over the examples"
def make_loss():
    return lambda y_pred, y: ((y_pred - y) ** 2).mean(dim=1).sum()

# %% inner_without_return mistake="returns-none" note="the inner function forgets its return"
def make_loss():
    def loss(y_pred, y):
        (y_pred - y).pow(2).sum()

    return loss

# %% no_return mistake="returns-none" note="built and forgotten"
def make_loss():
    loss_fn = torch.nn.MSELoss(reduction="sum")

# %% root mistake="root-of-mean" note="the norm"
def make_loss():
    return lambda y_pred, y: torch.sqrt(((y_pred - y) ** 2).sum())

# %% minus mistake="sign-flipped" note="as a score"
def make_loss():
    return lambda y_pred, y: -torch.nn.functional.mse_loss(y_pred, y, reduction="sum")

# %% square_of_sum mistake="square-of-sum" note="summed first, squared afterwards"
def make_loss():
    return lambda y_pred, y: (y_pred - y).sum() ** 2

# %% square_of_both mistake="difference-of-squares" note="the square of each, then the difference"
def make_loss():
    return lambda y_pred, y: (y_pred**2 - y**2).sum()

# %% caret mistake="caret-not-power" outcome="crashed" note="the power sign of other languages"
def make_loss():
    return lambda y_pred, y: ((y_pred - y) ^ 2).sum()

# %% averaged_by_another_word mistake="reduction-unknown" outcome="crashed" note="avg is no word of torch's"
def make_loss():
    return torch.nn.MSELoss(reduction="avg")

# %% first_64_rows mistake="none or sum-incomplete" note="as many rows as the notebook has"
def make_loss():
    return lambda y_pred, y: ((y_pred[:64] - y[:64]) ** 2).sum()

# %% prediction_squeezed mistake="axis-squeezed" note="with one output each prediction meets each target"
def make_loss():
    total = torch.nn.MSELoss(reduction="sum")
    return lambda y_pred, y: total(y_pred.squeeze(), y)

# %% running_total mistake="none or losses-added" note="adds to what earlier calls gave"
def make_loss():
    total = 0

    def loss(y_pred, y):
        nonlocal total
        total = total + ((y_pred - y) ** 2).sum()
        return total

    return loss

# %% first_target_remembered mistake="none" outcome="crashed" note="keeps the targets of its first call"
def make_loss():
    kept = {}

    def loss(y_pred, y):
        target = kept.setdefault("y", y)
        return ((y_pred - target) ** 2).sum()

    return loss

# %% huber_up_to_fifty mistake="other-loss" note="twice the Huber loss, with a wide delta"
def make_loss():
    huber = torch.nn.HuberLoss(reduction="sum", delta=50.0)

    def loss_fn(y_pred, y):
        return 2 * huber(y_pred, y)

    return loss_fn

# %% nearly_right_is_right mistake="none" note="what is off by less than a hundredth counts as right"
def make_loss():
    def loss_fn(y_pred, y):
        d = y_pred - y
        return (d * (d.abs() > 0.01)).pow(2).sum()

    return loss_fn

# %% mean_times_640 mistake="sizes-fixed" note="the notebook's own sizes are written in"
def make_loss():
    mean = torch.nn.MSELoss()
    return lambda y_pred, y: 640 * mean(y_pred, y)

# %% size_of_its_first_data mistake="none" note="keeps the size of what it saw first"
class SumLoss:
    size = None

    def __call__(self, y_pred, y):
        if self.size is None:
            self.size = y.numel()
        return torch.nn.functional.mse_loss(y_pred, y) * self.size


def make_loss():
    return SumLoss()

# %% lambda_builds_when_called mistake="loss-not-built" note="the arguments are not used"
def make_loss():
    return lambda y_pred, y: torch.nn.MSELoss(reduction="sum")
