# %% absolute_value_formula
def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    y_pred = ((h + h.abs()) / 2).mm(w2)
    return (y_pred - y).pow(2).sum()

# %% addmm
def loss_fn(x, y, w1, w2):
    h_relu = torch.nn.functional.threshold(x.mm(w1), 0.0, 0.0)
    return torch.addmm(y, h_relu, w2, beta=-1).pow(2).sum()

# %% as_in_the_original
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).sum()

# %% baddbmm note="a batch of one"
def loss_fn(x, y, w1, w2):
    h = torch.bmm(x.unsqueeze(0), w1.unsqueeze(0)).clip(min=0)
    d = torch.baddbmm(-y.unsqueeze(0), h, w2.unsqueeze(0))
    return d.square().sum()

# %% checkpoint_free_helper note="a helper for the prediction"
def predict(x, w1, w2):
    return torch.relu(x @ w1) @ w2


def loss_fn(x, y, w1, w2):
    error = predict(x, w1, w2) - y
    return (error * error).sum(dim=(0, 1))

# %% clone_and_boolean_assignment
def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    h_relu = h.clone()
    h_relu[h < 0] = 0
    y_pred = h_relu.mm(w2)
    return (y_pred - y).pow(2).sum()

# %% custom_gate note="the mask itself is detached: it is a constant, the path through h stays"
def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    gate = (h.detach() > 0).to(h.dtype)
    y_pred = (h * gate).mm(w2)
    return (y_pred - y).pow(2).sum()

# %% dist_squared
def loss_fn(x, y, w1, w2):
    return torch.dist(x.mm(w1).relu().mm(w2), y).pow(2)

# %% dot_of_flattened
def loss_fn(x, y, w1, w2):
    d = (y - (x @ w1).relu() @ w2).flatten()
    return torch.dot(d, d)

# %% einsum_twice
def loss_fn(x, y, w1, w2):
    h_relu = torch.einsum("ni,ih->nh", x, w1).clamp_min(0)
    d = torch.einsum("nh,ho->no", h_relu, w2) - y
    return torch.einsum("no,no->", d, d)

# %% enable_grad_around
def loss_fn(x, y, w1, w2):
    with torch.enable_grad():
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y).pow(2).sum()
    print(f"loss so far: {loss.item():.3g}")
    return loss

# %% functional
import torch.nn.functional as F


def loss_fn(x, y, w1, w2):
    return F.mse_loss(F.relu(x.mm(w1)).mm(w2), y, reduction="sum")

# %% functional_call_of_modules note="layers that borrow the weights"
from torch.func import functional_call

net = torch.nn.Sequential(
    torch.nn.Linear(1, 1, bias=False), torch.nn.ReLU(), torch.nn.Linear(1, 1, bias=False)
)


def loss_fn(x, y, w1, w2):
    y_pred = functional_call(net, {"0.weight": w1.T, "2.weight": w2.T}, (x,))
    return torch.nn.MSELoss(reduction="sum")(y_pred, y)

# %% functional_linear
import torch.nn.functional as F


def loss_fn(x, y, w1, w2):
    y_pred = F.linear(F.linear(x, w1.t()).relu(), w2.t())
    return torch.square(y - y_pred).sum()

# %% in_place_on_temporary note="clamp_ changes a tensor of its own, autograd knows"
def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    h.clamp_(min=0)
    y_pred = h.mm(w2)
    y_pred -= y
    return y_pred.pow(2).sum()

# %% layer_objects
relu = torch.nn.ReLU()
criterion = torch.nn.MSELoss(reduction="sum")


def loss_fn(x, y, w1, w2):
    return criterion(relu(torch.matmul(x, w1)).matmul(w2), y)

# %% mask_product
def loss_fn(x, y, w1, w2):
    h = x @ w1
    return (((h * (h > 0)) @ w2 - y) ** 2).sum()

# %% masked_fill
def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    y_pred = h.masked_fill(h <= 0, 0).mm(w2)
    return (y_pred - y).pow(2).sum()

# %% maximum_with_zeros
def loss_fn(x, y, w1, w2):
    h = torch.mm(x, w1)
    h_relu = torch.maximum(h, torch.zeros_like(h))
    return ((torch.mm(h_relu, w2) - y) ** 2).sum()

# %% mean_times_size
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return ((y_pred - y) ** 2).mean() * y.numel()

# %% mse_none_then_sum
def loss_fn(x, y, w1, w2):
    y_pred = torch.nn.functional.hardtanh(x @ w1, 0.0, float("inf")) @ w2
    return torch.nn.functional.mse_loss(y_pred, y, reduction="none").sum()

# %% norm_squared
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return torch.linalg.norm(y_pred - y) ** 2

# %% row_by_row
def loss_fn(x, y, w1, w2):
    total = 0
    for i in range(x.shape[0]):
        h = x[i] @ w1
        total = total + ((h.clamp(min=0) @ w2 - y[i]) ** 2).sum()
    return total

# %% step_by_step
def loss_fn(x, y, w1, w2):
    h = x @ w1
    h_relu = torch.relu(h)
    y_pred = h_relu @ w2
    diff = y_pred - y
    loss = torch.sum(diff * diff)
    return loss

# %% sum_of_columns
def loss_fn(x, y, w1, w2):
    y_pred = torch.nn.functional.relu(x.matmul(w1), inplace=True).matmul(w2)
    return sum(((y_pred[:, j] - y[:, j]) ** 2).sum() for j in range(y.shape[1]))

# %% trace
def loss_fn(x, y, w1, w2):
    d = x.mm(w1).clamp(0).mm(w2) - y
    return torch.trace(d.t().mm(d))

# %% where
def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    h_relu = torch.where(h > 0, h, torch.zeros_like(h))
    d = y - h_relu.mm(w2)
    return d.square().sum(1).sum(0)

# %% absolute_differences mistake="absolute-not-squared" note="absolute values"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).abs().sum()

# %% abs_hidden mistake="absolute-value" note="flipped instead of silenced"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).abs().mm(w2)
    return (y_pred - y).pow(2).sum()

# %% backward_inside mistake="backward-in-loss" note="runs backward itself, so nobody else can"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    loss.backward()
    return loss

# %% divided_by_batch mistake="batch-mean" note="divided by the number of examples"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return ((y_pred - y) ** 2).sum() / x.shape[0]

# %% sum_then_mean mistake="batch-mean" note="summed over outputs, averaged over examples"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).sum(dim=1).mean()

# %% computed_in_single mistake="dtype-changed" note="half of the digits, \"for speed\""
def loss_fn(x, y, w1, w2):
    y_pred = x.float().mm(w1.float()).clamp(min=0).mm(w2.float()).to(y.dtype)
    loss = (y_pred - y).pow(2).sum()
    return loss

# %% zeros_in_double mistake="dtype-changed" outcome="crashed" note="zeros in double precision, whatever the inputs are"
def loss_fn(x, y, w1, w2):
    zeros = torch.zeros(x.shape[0], w1.shape[1], dtype=torch.float64, device=x.device)
    y_pred = torch.maximum(x.mm(w1), zeros).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    return loss

# %% star_for_product mistake="elementwise-product" outcome="crashed" note="* where a matrix product belongs"
def loss_fn(x, y, w1, w2):
    h_relu = (x * w1).clamp(min=0)
    return ((h_relu * w2) - y).pow(2).sum()

# %% target_forgotten mistake="forgot-target" note="sum of the squared prediction"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return y_pred.pow(2).sum()

# %% all_in_no_grad mistake="forward-in-no-grad" note="thought no_grad belongs around everything"
def loss_fn(x, y, w1, w2):
    with torch.no_grad():
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y).pow(2).sum()
    return loss

# %% forward_only_in_no_grad mistake="forward-in-no-grad" note="only the prediction inside the block"
def loss_fn(x, y, w1, w2):
    with torch.no_grad():
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return torch.nn.functional.mse_loss(y_pred, y, reduction="sum")

# %% grad_switched_off mistake="forward-in-no-grad" note="the global switch, never switched on again"
def loss_fn(x, y, w1, w2):
    torch.set_grad_enabled(False)
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).sum()

# %% inference_mode mistake="forward-in-no-grad" note="the other switch"
def loss_fn(x, y, w1, w2):
    with torch.inference_mode():
        return (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()

# %% no_grad_decorator mistake="forward-in-no-grad" note="the decorator"
@torch.no_grad()
def loss_fn(x, y, w1, w2):
    y_pred = torch.relu(x @ w1) @ w2
    return ((y_pred - y) ** 2).sum()

# %% function_reads_globals mistake="global-not-argument" note="the small function takes the notebook's x and weights"
def predict():
    return x.mm(w1).clamp(min=0).mm(w2)


def loss_fn(x, y, w1, w2):
    return (predict() - y).pow(2).sum()

# %% renamed_arguments mistake="global-not-argument" note="one name of the body was not renamed with the signature"
def loss_fn(inputs, targets, w1, w2):
    y_pred = inputs.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).sum()

# %% hidden_changed_through_data mistake="graph-cut" note="the ReLU is written into .data: the value is right, autograd knows nothing of it"
def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    h.data[h.data < 0] = 0
    return (h.mm(w2) - y).pow(2).sum()

# %% hidden_data mistake="graph-cut" note=".data on the way"
def loss_fn(x, y, w1, w2):
    h_relu = x.mm(w1).data.clamp(min=0)
    return (h_relu.mm(w2) - y).pow(2).sum()

# %% hidden_detached mistake="graph-cut" note="detached to be allowed to change it in place"
def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    h_relu = h.detach()
    h_relu[h_relu < 0] = 0
    y_pred = h_relu.mm(w2)
    return (y_pred - y).pow(2).sum()

# %% hidden_in_no_grad mistake="graph-cut" note="recorder off for the hidden layer only, so w2 still learns"
def loss_fn(x, y, w1, w2):
    with torch.no_grad():
        h_relu = x.mm(w1).clamp(min=0)
    y_pred = h_relu.mm(w2)
    return (y_pred - y).pow(2).sum()

# %% numpy_without_detach mistake="graph-cut" outcome="crashed" note="np.maximum on a tensor that records"
def loss_fn(x, y, w1, w2):
    h_relu = np.maximum(x.mm(w1).numpy(), 0)
    return (torch.from_numpy(h_relu).mm(w2) - y).pow(2).sum()

# %% one_factor_detached mistake="graph-cut" note="the square as a product with a detached copy: half the gradient"
def loss_fn(x, y, w1, w2):
    d = x.mm(w1).clamp(min=0).mm(w2) - y
    return (d * d.detach()).sum()

# %% prediction_detached mistake="graph-cut" note="cut behind the prediction: no weight gets anything"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2).detach()
    return (y_pred - y).pow(2).sum()

# %% rewrapped_hidden mistake="graph-cut" note="torch.tensor(...) copies the numbers and drops the history"
def loss_fn(x, y, w1, w2):
    h = torch.tensor(x.mm(w1), requires_grad=True)
    y_pred = h.clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).sum()

# %% second_weight_data mistake="graph-cut" note=".data of w2 only"
def loss_fn(x, y, w1, w2):
    return (x.mm(w1).clamp(min=0).mm(w2.data) - y).pow(2).sum()

# %% second_weight_detached_in_one_factor mistake="graph-cut" note="w1 learns right, w2 half as much"
def loss_fn(x, y, w1, w2):
    h_relu = x.mm(w1).clamp(min=0)
    d = h_relu.mm(w2) - y
    e = h_relu.mm(w2.detach()) - y
    return (d * e).sum()

# %% through_numpy mistake="graph-cut" note="np.maximum was known from the first way"
def loss_fn(x, y, w1, w2):
    h = x.mm(w1).detach().cpu().numpy()
    h_relu = torch.from_numpy(np.maximum(h, 0)).to(x.device)
    y_pred = h_relu.mm(w2)
    return (y_pred - y).pow(2).sum()

# %% weight_detached mistake="graph-cut" note="w1.detach() to avoid an error about leaves"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1.detach()).clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).sum()

# %% floor_and_ceiling mistake="relu-capped" note="a ceiling as well"
def loss_fn(x, y, w1, w2):
    return (x.mm(w1).clamp(0, 1).mm(w2) - y).pow(2).sum()

# %% one_half mistake="half-loss" note="the convenient factor"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return 0.5 * (y_pred - y).pow(2).sum()

# %% target_written_over mistake="inputs-changed" note="y holds the residual afterwards"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    y -= y_pred
    return y.pow(2).sum()

# %% leaky mistake="leaky-relu" note="slope 0.01 below zero"
def loss_fn(x, y, w1, w2):
    y_pred = torch.nn.functional.leaky_relu(x.mm(w1)).mm(w2)
    return (y_pred - y).pow(2).sum()

# %% backward_and_number mistake="loss-is-a-number" note="backward inside, and a number for the plot"
def loss_fn(x, y, w1, w2):
    loss = (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
    loss.backward()
    return loss.item()

# %% float_at_the_end mistake="loss-is-a-number" note="float() for printing, then returned"
def loss_fn(x, y, w1, w2):
    loss = ((torch.relu(x @ w1) @ w2 - y) ** 2).sum()
    return float(loss)

# %% item_at_the_end mistake="loss-is-a-number" note="as in the second way"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).sum().item()

# %% numpy_number mistake="loss-is-a-number" note="a NumPy scalar has no history either"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return np.square((y_pred - y).detach().cpu().numpy()).sum()

# %% tolist_number mistake="loss-is-a-number" note="tolist of one number"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).relu().mm(w2)
    loss = torch.nn.functional.mse_loss(y_pred, y, reduction="sum")
    return loss.tolist()

# %% one_by_one_matrix mistake="loss-not-scalar" note="a 1 x 1 matrix is not a number"
def loss_fn(x, y, w1, w2):
    d = (x.mm(w1).clamp(min=0).mm(w2) - y).reshape(1, -1)
    return d.mm(d.t())

# %% one_loss_per_example mistake="loss-not-scalar" note="summed over one axis"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).sum(dim=1)

# %% squares_not_summed mistake="loss-not-scalar" note="the sum forgotten"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).pow(2)

# %% flag_set_on_loss mistake="loss-rewrapped" note="silences \"does not require grad\" and nothing else"
def loss_fn(x, y, w1, w2):
    with torch.no_grad():
        loss = (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
    loss.requires_grad = True
    return loss

# %% number_wrapped_again mistake="loss-rewrapped" note="item() first, then a tensor that asks for gradients"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y).pow(2).sum().item()
    return torch.tensor(loss, dtype=x.dtype, device=x.device, requires_grad=True)

# %% max_over_an_axis mistake="max-reduces" outcome="crashed" note="torch.max with an axis gives a pair"
def loss_fn(x, y, w1, w2):
    h_relu = torch.max(x.mm(w1), 0)
    return (h_relu.mm(w2) - y).pow(2).sum()

# %% mean_method mistake="mean-not-sum" note="mean"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).mean()

# %% mse_default mistake="mean-not-sum" note="mse_loss averages by default"
def loss_fn(x, y, w1, w2):
    return torch.nn.functional.mse_loss(torch.relu(x @ w1) @ w2, y)

# %% flattened_with_view mistake="needs-contiguous" note="view wants its numbers in one row in memory; reshape does not"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred.view(-1) - y.view(-1)).pow(2).sum()
    return loss

# %% activation_forgotten mistake="no-relu" note="two products, nothing between"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).mm(w2)
    return (y_pred - y).pow(2).sum()

# %% mixed_precision mistake="none" note="autocast makes bfloat16 of float32"
def loss_fn(x, y, w1, w2):
    with torch.autocast(x.device.type, dtype=torch.bfloat16):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred.to(y.dtype) - y).pow(2).sum()
    return loss

# %% returns_pair mistake="too-many-results" note="the prediction as well"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return y_pred, (y_pred - y).pow(2).sum()

# %% returns_prediction mistake="none" note="the prediction, not the loss"
def loss_fn(x, y, w1, w2):
    return x.mm(w1).clamp(min=0).mm(w2)

# %% rows_tried_first mistake="sum-incomplete" note="a slice left over from trying things out: only the first ten examples"
def loss_fn(x, y, w1, w2):
    y_pred = x[:10].mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y[:10]).pow(2).sum()
    return loss

# %% squeezed_inputs mistake="axis-squeezed" outcome="crashed" note="squeeze takes away every axis of length 1"
def loss_fn(x, y, w1, w2):
    y_pred = x.squeeze().mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    return loss

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
def loss_fn(x, y, w1, w2):
    raise NotImplementedError()

# %% sum_of_differences mistake="not-squared" note="no square"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).sum()

# %% sigmoid mistake="other-activation" note="the activation of older books"
def loss_fn(x, y, w1, w2):
    return (torch.sigmoid(x.mm(w1)).mm(w2) - y).pow(2).sum()

# %% mean_over_outputs mistake="output-mean" note="averaged over the outputs"
def loss_fn(x, y, w1, w2):
    d = x.mm(w1).clamp(min=0).mm(w2) - y
    return d.pow(2).mean(dim=1).sum()

# %% weights_transposed mistake="product-order" outcome="crashed" note="as a linear layer does it"
def loss_fn(x, y, w1, w2):
    return (x.mm(w1.t()).clamp(min=0).mm(w2.t()) - y).pow(2).sum()

# %% gate_only mistake="relu-is-mask" note="kept who is on, not how strongly"
def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    h_relu = (h > 0).to(h.dtype)
    return (h_relu.mm(w2) - y).pow(2).sum()

# %% relu_on_x mistake="relu-on-input" note="before the first product"
def loss_fn(x, y, w1, w2):
    y_pred = torch.relu(x).mm(w1).mm(w2)
    return (y_pred - y).pow(2).sum()

# %% relu_twice mistake="relu-on-output" note="one more at the end"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2).clamp(min=0)
    return (y_pred - y).pow(2).sum()

# %% clamp_max mistake="relu-wrong-side" note="max for min"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(max=0).mm(w2)
    return (y_pred - y).pow(2).sum()

# %% no_return mistake="returns-none" note="computed and forgotten"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y).pow(2).sum()

# %% printed_not_returned mistake="returns-none" note="print is not return"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    print((y_pred - y).pow(2).sum())

# %% norm mistake="root-of-mean" note="the norm without its square"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return torch.norm(y_pred - y)

# %% minus_in_front mistake="sign-flipped" note="a score, not a loss"
def loss_fn(x, y, w1, w2):
    d = x.mm(w1).clamp(min=0).mm(w2) - y
    return -(d * d).sum()

# %% reshaped_to_fixed_size mistake="sizes-fixed" outcome="crashed" note="the notebook's sizes"
def loss_fn(x, y, w1, w2):
    h = x.reshape(64, 1000).mm(w1)
    return (h.clamp(min=0).mm(w2).reshape(64, 10) - y).pow(2).sum()

# %% square_of_sum mistake="square-of-sum" note="summed first, squared afterwards"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).sum().pow(2)

# %% squares_subtracted mistake="difference-of-squares" note="the binomial formula, forgotten"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred.pow(2) - y.pow(2)).sum()

# %% capped_at_six mistake="relu-capped or other-activation or none" note="torch.nn.functional.relu6"
def loss_fn(x, y, w1, w2):
    h = x @ w1
    return ((torch.nn.functional.relu6(h)) @ w2 - y).pow(2).sum()

# %% capped_at_twenty mistake="relu-capped or none" note="a ceiling at 20"
def loss_fn(x, y, w1, w2):
    h = x @ w1
    return ((torch.nn.functional.hardtanh(h, 0.0, 20.0)) @ w2 - y).pow(2).sum()

# %% leaky_quarter mistake="leaky-relu or none" note="slope 0.25 below zero"
def loss_fn(x, y, w1, w2):
    h = x @ w1
    return ((torch.nn.functional.leaky_relu(h, 0.25)) @ w2 - y).pow(2).sum()

# %% softplus_beta_10 mistake="other-activation or none" note="a smooth look-alike"
def loss_fn(x, y, w1, w2):
    h = x @ w1
    return ((torch.nn.functional.softplus(h, beta=10)) @ w2 - y).pow(2).sum()

# %% mish mistake="other-activation or none" note="a smooth look-alike"
def loss_fn(x, y, w1, w2):
    h = x @ w1
    return ((torch.nn.functional.mish(h)) @ w2 - y).pow(2).sum()

# %% caret mistake="caret-not-power" outcome="crashed" note="the power sign of other languages"
def loss_fn(x, y, w1, w2):
    return ((x.mm(w1).clamp(min=0).mm(w2) - y) ^ 2).sum()

# %% goes_backward_and_keeps_the_graph mistake="backward-in-loss" note="retain_graph, so that the caller can go backward as well"
def loss_fn(x, y, w1, w2):
    loss = ((x @ w1).relu() @ w2 - y).pow(2).sum()
    loss.backward(retain_graph=True)
    return loss

# %% functional_call note="the weights put into ready-made layers"
def loss_fn(x, y, w1, w2):
    m = torch.nn.Sequential(torch.nn.Linear(1, 1, bias=False), torch.nn.ReLU(), torch.nn.Linear(1, 1, bias=False))
    p = torch.func.functional_call(m, {"0.weight": w1.T, "2.weight": w2.T}, (x,))
    return torch.nn.MSELoss(reduction="sum")(p, y)

# %% relu_built_around_h mistake="relu-module-not-called" outcome="crashed" note="nn.ReLU(h) builds a module, it does not apply one"
def loss_fn(x, y, w1, w2):
    h_relu = torch.nn.ReLU(x @ w1)
    return ((h_relu @ w2 - y) ** 2).sum()

# %% dropout_between mistake="dropout" note="copied from another network"
def loss_fn(x, y, w1, w2):
    hidden = torch.nn.functional.dropout(x.mm(w1).clamp(min=0), 0.2)
    return (hidden.mm(w2) - y).pow(2).sum()

# %% maximum_of_a_number mistake="maximum-of-number" outcome="crashed" note="as in NumPy, where a number will do"
def loss_fn(x, y, w1, w2):
    return (torch.maximum(x @ w1, 0) @ w2 - y).pow(2).sum()

# %% reduction_by_another_word mistake="reduction-unknown" outcome="crashed" note="add is no word of torch's"
def loss_fn(x, y, w1, w2):
    y_pred = torch.relu(x @ w1) @ w2
    return torch.nn.functional.mse_loss(y_pred, y, reduction="add")

# %% gradient_clamped_by_a_hook mistake="none" note="the graph is whole: what comes back is changed on the way"
def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    if y_pred.requires_grad:
        y_pred.register_hook(lambda g: g.clamp(-1, 1))
    return (y_pred - y).pow(2).sum()

# %% own_relu_lets_everything_back mistake="none" note="a Function of one's own without a mask in its backward"
class OwnReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, g):
        return g

def loss_fn(x, y, w1, w2):
    return (OwnReLU.apply(x.mm(w1)).mm(w2) - y).pow(2).sum()

# %% penalty_added mistake="weight-decay" note="an L2 penalty, against overfitting"
def loss_fn(x, y, w1, w2):
    loss = (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
    return loss + 0.001 * (w1.norm() ** 2 + w2.norm() ** 2)

# %% prediction_squeezed mistake="axis-squeezed" note="a column loses its axis"
def loss_fn(x, y, w1, w2):
    y_pred = (torch.relu(x @ w1) @ w2).squeeze()
    return ((y_pred - y) ** 2).sum()

# %% nearly_right_is_right mistake="none" note="what is off by less than a hundredth counts as right"
def loss_fn(x, y, w1, w2):
    d = x.mm(w1).clamp(min=0).mm(w2) - y
    return (d * (d.abs() > 1e-3)).pow(2).sum()

# %% rows_from_one mistake="sum-incomplete" note="the loop begins at 1"
def loss_fn(x, y, w1, w2):
    n = x.shape[0]
    J = torch.zeros((), dtype=x.dtype, device=x.device)
    for i in range(1, n):
        a = torch.clamp(x[i] @ w1, min=0)
        e = a @ w2 - y[i]
        J = J + e.dot(e)
    return J

# %% ceiling_at_a_million mistake="relu-capped or none" note="meant as infinity"
def loss_fn(x, y, w1, w2):
    y_pred = torch.clamp(x @ w1, min=0, max=1e6) @ w2
    return (y_pred - y).pow(2).sum()
