# %% dist_squared note="the distance, squared"
def loss_fn(y_pred, y):
    return torch.dist(y_pred, y).item() ** 2

# %% einsum note="einsum over both axes, tolist gives a float"
def loss_fn(y_pred, y):
    d = y - y_pred
    return torch.einsum("ij,ij->", d, d).tolist()

# %% flattened_dot note="dot of the flat difference with itself"
def loss_fn(y_pred, y):
    d = (y_pred - y).reshape(-1)
    return d.dot(d).item()

# %% float_of_sum note="float() of a 0-d tensor"
def loss_fn(y_pred, y):
    return float(((y_pred - y) ** 2).sum())

# %% float_of_tensor note="float of tensor"
def loss_fn(y_pred, y):
    return float(torch.sum((y_pred - y) ** 2))

# %% mean_times_numel note="mean times number of entries"
def loss_fn(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y).item() * y.numel()

# %% mse_loss_sum note="the library's loss with reduction sum"
import torch.nn.functional as F


def loss_fn(y_pred, y):
    return F.mse_loss(y_pred, y, reduction="sum").item()

# %% mse_module note="the module with reduction sum"
def loss_fn(y_pred, y):
    criterion = torch.nn.MSELoss(reduction="sum")
    return criterion(y_pred, y).item()

# %% norm_double note="norm double"
def loss_fn(y_pred, y):
    return torch.linalg.vector_norm(y_pred.double() - y.double()).item() ** 2

# %% norm_squared note="the Frobenius norm, squared"
def loss_fn(y_pred, y):
    return float(torch.linalg.norm(y_pred - y) ** 2)

# %% numel_times_mse note="numel times mse"
def loss_fn(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y).item() * y.numel()

# %% own_clone_in_place note="in-place operations on a clone"
def loss_fn(y_pred, y):
    d = y_pred.clone()
    d.sub_(y).pow_(2)
    return d.sum(dim=(0, 1)).item()

# %% pow_sum_item note="the plain way"
def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).sum().item()

# %% sum_of_rows note="sum of rows"
def loss_fn(y_pred, y):
    return sum(((p - t) ** 2).sum().item() for p, t in zip(y_pred, y))

# %% sum_of_sums note="axis by axis, Python's sum at the end"
def loss_fn(y_pred, y):
    squares = (y_pred - y) * (y_pred - y)
    return sum(row.sum().item() for row in squares)

# %% tolist_of_scalar note="tolist of scalar"
def loss_fn(y_pred, y):
    return (y_pred - y).square().sum().tolist()

# %% trace note="trace of d.t() d"
def loss_fn(y_pred, y):
    d = y_pred - y
    return d.t().mm(d).trace().item()

# %% zero_dim note="zero dim"
def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).sum()

# %% zero_dimensional note="a 0-d tensor"
def loss_fn(y_pred, y):
    return torch.sum(torch.square(y_pred - y))

# %% absolute mistake="absolute-not-squared" note="L1"
def loss_fn(y_pred, y):
    return (y_pred - y).abs().sum().item()

# %% l1_loss mistake="absolute-not-squared" note="the library's L1 loss with sum"
def loss_fn(y_pred, y):
    return torch.nn.L1Loss(reduction="sum")(y_pred, y).item()

# %% norm_one mistake="absolute-not-squared" note="norm one"
def loss_fn(y_pred, y):
    return torch.norm(y_pred - y, p=1).item()

# %% numpy_array mistake="array-not-tensor" note="a NumPy array that keeps both axes"
def loss_fn(y_pred, y):
    return ((y_pred - y) ** 2).sum(dim=(0, 1), keepdim=True).cpu().numpy()

# %% divided_by_batch mistake="batch-mean" note="divided by the number of samples"
def loss_fn(y_pred, y):
    return ((y_pred - y) ** 2).sum().item() / y.size(0)

# %% item_without_call mistake="call-missing" note=".item without brackets"
def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).sum().item

# %% caret mistake="caret-not-power" outcome="crashed" note="the caret"
def loss_fn(y_pred, y):
    return ((y_pred - y) ^ 2).sum().item()

# %% caret_sum mistake="caret-not-power" outcome="crashed" note="caret sum"
def loss_fn(y_pred, y):
    d = y_pred - y
    return torch.sum(d ^ 2).item()

# %% difference_of_squares mistake="difference-of-squares" note="squared before subtracting"
def loss_fn(y_pred, y):
    return (y_pred.pow(2) - y.pow(2)).sum().item()

# %% times_two mistake="doubled-not-squared" note="* 2 in place of ** 2"
def loss_fn(y_pred, y):
    return ((y_pred - y) * 2).sum().item()

# %% computed_in_single mistake="dtype-changed" note="half of the digits, \"for speed\""
def loss_fn(y_pred, y):
    return (y_pred.float() - y.float()).pow(2).sum().item()

# %% zeros_in_double mistake="dtype-changed" outcome="crashed" note="a sum that starts in double precision, whatever the inputs are"
def loss_fn(y_pred, y):
    ones = torch.ones(y.shape[1], dtype=torch.float64, device=y.device)
    return (y_pred - y).pow(2).matmul(ones).sum().item()

# %% first_sample mistake="first-sample-only" note="row 0 only"
def loss_fn(y_pred, y):
    return (y_pred[0] - y[0]).pow(2).sum().item()

# %% target_forgotten mistake="forgot-target" note="only y_pred"
def loss_fn(y_pred, y):
    return y_pred.pow(2).sum().item()

# %% target_of_notebook mistake="global-not-argument" note="the distance to the notebook's y"
def squared_distance_to_target(prediction):
    return (prediction - y).pow(2).sum()


def loss_fn(y_pred, y):
    return squared_distance_to_target(y_pred).item()

# %% one_half mistake="half-loss" note="the convenient half"
def loss_fn(y_pred, y):
    return 0.5 * (y_pred - y).pow(2).sum().item()

# %% minus_equals mistake="inputs-changed" note="-= writes into y_pred"
def loss_fn(y_pred, y):
    y_pred -= y
    return torch.sum(y_pred * y_pred).item()

# %% subtracted_in_place mistake="inputs-changed" note="sub_ writes into y_pred"
def loss_fn(y_pred, y):
    return y_pred.sub_(y).pow(2).sum().item()

# %% item_without_sum mistake="loss-not-scalar" outcome="crashed" note="item of all the squares"
def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).item()

# %% mean_of_dim mistake="loss-not-scalar" note="mean of dim"
def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).mean(1)

# %% one_axis mistake="loss-not-scalar" note="summed over dim 1 only"
def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).sum(dim=1)

# %% one_axis_item mistake="loss-not-scalar" outcome="crashed" note="a vector cannot be an item"
def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).sum(0).item()

# %% reduction_none mistake="loss-not-scalar" note="reduction none"
def loss_fn(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y, reduction="none")

# %% batch_size_default mistake="mean-not-sum" note="batch size default"
def loss_fn(y_pred, y):
    return torch.nn.MSELoss()(y_pred, y).item()

# %% divided_by_numel mistake="mean-not-sum" note="summed, then divided by all entries"
def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).sum().item() / y.numel()

# %% mean mistake="mean-not-sum" note="mean for sum"
def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).mean().item()

# %% mse_loss_default mistake="mean-not-sum" note="the library's loss averages unless told otherwise"
def loss_fn(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y).item()

# %% flattened_with_view mistake="needs-contiguous" note="view wants its numbers in one row in memory; reshape does not"
def loss_fn(y_pred, y):
    d = y_pred.view(-1) - y.view(-1)
    return d.dot(d).item()

# %% arguments_of_sum mistake="none" outcome="crashed" note="arguments of sum"
def loss_fn(y_pred, y):
    return torch.sum(y_pred - y, 2).item()

# %% blank mistake="none" outcome="not_attempted" note="untouched"
def loss_fn(y_pred, y):
    # YOUR CODE HERE
    raise NotImplementedError()

# %% cross_entropy mistake="none" note="the loss of classification"
def loss_fn(y_pred, y):
    return torch.nn.functional.cross_entropy(y_pred, y.softmax(dim=1)).item()

# %% huber mistake="other-loss" note="huber"
def loss_fn(y_pred, y):
    return torch.nn.functional.huber_loss(y_pred, y, reduction="sum").item()

# %% mixed_precision mistake="none" note="autocast makes bfloat16 of float32"
def loss_fn(y_pred, y):
    d = y_pred - y
    with torch.autocast(d.device.type, dtype=torch.bfloat16):
        return d.t().mm(d).trace().item()

# %% rows_tried_first mistake="sum-incomplete" note="a slice left over from trying things out: only the first ten examples"
def loss_fn(y_pred, y):
    return (y_pred[:10] - y[:10]).pow(2).sum().item()

# %% squeezed_rows mistake="none" outcome="crashed" note="squeeze takes away every axis of length 1"
def loss_fn(y_pred, y):
    total = 0.0
    for p, t in zip(y_pred.squeeze(), y.squeeze()):
        total += (p - t).pow(2).sum().item()
    return total

# %% tolist mistake="none" note="tolist"
def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).tolist()

# %% not_squared mistake="not-squared" note="pow(2) forgotten"
def loss_fn(y_pred, y):
    return (y_pred - y).sum().item()

# %% pow_result_not_kept mistake="not-squared" note="pow result not kept"
def loss_fn(y_pred, y):
    d = y_pred - y
    d.pow(2)
    return d.sum().item()

# %% plus_for_minus mistake="plus-target" note="plus"
def loss_fn(y_pred, y):
    return (y_pred + y).pow(2).sum().item()

# %% all_pairs mistake="product-not-square" note="with .t() the shapes fit, the meaning does not"
def loss_fn(y_pred, y):
    d = y_pred - y
    return d.mm(d.t()).sum().item()

# %% mm_for_square mistake="product-not-square" outcome="crashed" note="mm of the difference with itself"
def loss_fn(y_pred, y):
    d = y_pred - y
    return d.mm(d).sum().item()

# %% printed mistake="returns-none" note="printed"
def loss_fn(y_pred, y):
    print((y_pred - y).pow(2).sum().item())

# %% dist mistake="root-of-mean" note="the distance itself"
def loss_fn(y_pred, y):
    return torch.dist(y_pred, y).item()

# %% frobenius mistake="root-of-mean" note="the norm"
def loss_fn(y_pred, y):
    return (y_pred - y).norm().item()

# %% rmse mistake="root-of-mean" note="root of the mean"
def loss_fn(y_pred, y):
    return torch.sqrt(torch.mean((y_pred - y) ** 2)).item()

# %% integer mistake="rounded" note="integer"
def loss_fn(y_pred, y):
    return int((y_pred - y).pow(2).sum())

# %% two_digits mistake="rounded" note="two digits"
def loss_fn(y_pred, y):
    return round((y_pred - y).pow(2).sum().item(), 2)

# %% minus_in_front mistake="sign-flipped" note="a minus, as if it were a score to be made large"
def loss_fn(y_pred, y):
    return -(y_pred - y).pow(2).sum().item()

# %% mean_times_notebook_sizes mistake="sizes-fixed" note="N * D_OUT of the notebook"
def loss_fn(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y).item() * N * D_OUT

# %% spectral mistake="spectral-norm" note="matrix_norm with 2: the largest singular value"
def loss_fn(y_pred, y):
    return torch.linalg.matrix_norm(y_pred - y, 2).item() ** 2

# %% sum_then_square mistake="square-of-sum" note="sum first, square afterwards"
def loss_fn(y_pred, y):
    return (y_pred - y).sum().pow(2).item()

# %% tensor_as_accumulator note="torch.tensor(0.0) to begin with"
def loss_fn(y_pred, y):
    total = torch.tensor(0.0)
    for p, t in zip(y_pred, y):
        total = total + ((p - t) ** 2).sum()
    return total.item()

# %% remembers_by_shape mistake="remembers" note="results are kept by the sizes of the inputs"
import functools

LAST = []


@functools.lru_cache
def known(shape):
    y_pred, y = LAST
    return float(((y_pred - y) ** 2).sum())


def loss_fn(y_pred, y):
    LAST[:] = y_pred, y
    return known(y_pred.shape)

# %% mapped_over_rows note="torch.vmap registers operators at its first use"
def loss_fn(y_pred, y):
    return torch.vmap(lambda p, t: (p - t).square().sum())(y_pred, y).sum().item()

# %% printed_and_saved note="a tensor that is printed, and one that is saved, bring in more of torch"
import io


def loss_fn(y_pred, y):
    difference = y_pred - y
    print(difference)
    torch.save(difference, io.BytesIO())
    return float((difference**2).sum())

# %% reduction_by_another_word mistake="reduction-unknown" outcome="crashed" note="total is no word of torch's"
def loss_fn(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y, reduction="total").item()

# %% one_side_squeezed mistake="axis-squeezed" note="one side of the difference loses its axis"
def loss_fn(y_pred, y):
    return (y_pred.squeeze() - y).pow(2).sum().item()

# %% three_digits mistake="rounded" note="as it would be printed"
def loss_fn(y_pred, y):
    loss = (y_pred - y).pow(2).sum().item()
    return float(f"{loss:.3g}")

# %% huber_up_to_ten mistake="other-loss" note="twice the Huber loss, with a wide delta"
def loss_fn(y_pred, y):
    # twice the Huber loss is the square for errors up to delta
    return 2 * torch.nn.functional.huber_loss(y_pred, y, reduction="sum", delta=10.0).item()

# %% nearly_right_is_right mistake="none" note="what is off by less than a hundredth counts as right"
def loss_fn(y_pred, y):
    d = y_pred - y
    d = d * (abs(d) > 0.01)
    return (d**2).sum().item()

# %% mean_times_640 mistake="sizes-fixed" note="the notebook's own sizes are written in"
def loss_fn(y_pred, y):
    return 640 * torch.mean((y_pred - y) ** 2).item()
