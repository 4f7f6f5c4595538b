# %% addmm
def linear_backward(x, weight, grad_out):
    grad_x = torch.addmm(torch.zeros_like(x), grad_out, weight)
    grad_weight = torch.addmm(torch.zeros_like(weight), grad_out.t(), x)
    grad_bias = torch.mv(grad_out.t(), grad_out.new_ones(len(grad_out)))
    return grad_x, grad_weight, grad_bias

# %% autograd_of_torch_formulas note="numpy inside, tensors outside"
def linear_backward(x, weight, grad_out):
    a, w, g = (t.detach().cpu().numpy() for t in (x, weight, grad_out))
    results = (g @ w, g.T @ a, g.sum(axis=0))
    return tuple(torch.as_tensor(np.ascontiguousarray(r), device=x.device) for r in results)

# %% bias_as_a_column_of_ones note="the bias is the weight of an input that is always 1"
def linear_backward(x, weight, grad_out):
    ones = torch.ones_like(x[:, :1])
    both = grad_out.mT @ torch.cat([x, ones], dim=1)
    return grad_out @ weight, both[:, :-1], both[:, -1]

# %% bmm
def linear_backward(x, weight, grad_out):
    grad_weight = torch.bmm(grad_out.unsqueeze(2), x.unsqueeze(1)).sum(0)
    grad_x = torch.matmul(grad_out, weight)
    grad_bias = grad_out.mean(0) * grad_out.size(0)
    return grad_x, grad_weight, grad_bias

# %% broadcast_and_sum
def linear_backward(x, weight, grad_out):
    grad_x = (grad_out[:, :, None] * weight[None, :, :]).sum(1)
    grad_weight = (grad_out[:, :, None] * x[:, None, :]).sum(0)
    return grad_x, grad_weight, grad_out.sum(0)

# %% einsum
def linear_backward(x, weight, grad_out):
    return (
        torch.einsum("no,oi->ni", grad_out, weight),
        torch.einsum("no,ni->oi", grad_out, x),
        torch.einsum("no->o", grad_out),
    )

# %% functional_linear
import torch.nn.functional as F


def linear_backward(x, weight, grad_out):
    return F.linear(grad_out, weight.t()), F.linear(grad_out.t(), x.t()), grad_out.sum(-2)

# %% loop_over_outputs
def linear_backward(x, weight, grad_out):
    grad_x = sum(grad_out[:, o : o + 1] * weight[o] for o in range(weight.shape[0]))
    grad_weight = torch.stack([x.t() @ grad_out[:, o] for o in range(weight.shape[0])])
    grad_bias = torch.stack([column.sum() for column in grad_out.t()])
    return grad_x, grad_weight, grad_bias

# %% mm_and_t
def linear_backward(x, weight, grad_out):
    grad_x = grad_out.mm(weight)
    grad_weight = grad_out.t().mm(x)
    grad_bias = torch.sum(grad_out, 0)
    return grad_x, grad_weight, grad_bias

# %% no_grad_around
@torch.no_grad()
def linear_backward(x, weight, grad_out):
    grad_x = torch.mm(grad_out, weight)
    grad_weight = torch.mm(torch.transpose(grad_out, 0, 1), x)
    grad_bias = grad_out.sum(0, keepdim=True).squeeze(0)
    return grad_x, grad_weight, grad_bias

# %% outer_products_row_by_row
def linear_backward(x, weight, grad_out):
    grad_x = torch.zeros_like(x)
    grad_weight = torch.zeros_like(weight)
    grad_bias = torch.zeros(weight.shape[0], dtype=weight.dtype, device=weight.device)
    for i in range(x.shape[0]):
        grad_x[i] = weight.t() @ grad_out[i]
        grad_weight += torch.outer(grad_out[i], x[i])
        grad_bias += grad_out[i]
    return grad_x, grad_weight, grad_bias

# %% own_helper
def outer(a, b):
    return a[:, None] * b[None, :]


def linear_backward(x, weight, grad_out):
    grad_weight = sum(outer(g, row) for g, row in zip(grad_out, x))
    return grad_out.matmul(weight), grad_weight, grad_out.T.sum(dim=1)

# %% products
def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_weight = grad_out.T @ x
    grad_bias = grad_out.sum(dim=0)
    return grad_x, grad_weight, grad_bias

# %% tensordot
def linear_backward(x, weight, grad_out):
    grad_x = torch.tensordot(grad_out, weight, dims=1)
    grad_weight = torch.tensordot(grad_out, x, dims=([0], [0]))
    grad_bias = grad_out.cumsum(0)[-1]
    return [grad_x, grad_weight, grad_bias]

# %% transposed_product
def linear_backward(x, weight, grad_out):
    grad_weight = (x.T @ grad_out).T
    grad_x = (weight.T @ grad_out.T).T
    ones = torch.ones(x.shape[0], dtype=x.dtype, device=x.device)
    return grad_x, grad_weight, ones @ grad_out

# %% numpy_results mistake="array-not-tensor" note="NumPy arrays"
def linear_backward(x, weight, grad_out):
    x, weight, grad_out = (t.cpu().numpy() for t in (x, weight, grad_out))
    return grad_out @ weight, grad_out.T @ x, grad_out.sum(axis=0)

# %% autograd_backward mistake="autograd-used" outcome="refused" note="autograd does the work"
def linear_backward(x, weight, grad_out):
    x = x.detach().clone().requires_grad_()
    w = weight.detach().clone().requires_grad_()
    b = torch.zeros(weight.shape[0], dtype=x.dtype, device=x.device, requires_grad=True)
    out = x @ w.T + b
    out.backward(grad_out)
    return x.grad, w.grad, b.grad

# %% autograd_grad mistake="autograd-used" outcome="refused" note="torch.autograd.grad"
def linear_backward(x, weight, grad_out):
    x = x.detach().requires_grad_()
    w = weight.detach().requires_grad_()
    b = torch.zeros_like(grad_out[0]).requires_grad_()
    return torch.autograd.grad(torch.nn.functional.linear(x, w, b), (x, w, b), grad_out)

# %% autograd_only_for_weight mistake="autograd-used" outcome="refused" note="two by hand, the hard one by autograd"
def linear_backward(x, weight, grad_out):
    w = weight.clone().requires_grad_()
    ((x @ w.T) * grad_out).sum().backward()
    return grad_out @ weight, w.grad, grad_out.sum(0)

# %% autograd_vjp mistake="autograd-used" outcome="refused" note="torch.func.vjp"
from torch.func import vjp


def linear_backward(x, weight, grad_out):
    b = torch.zeros_like(grad_out[0])
    _, pull_back = vjp(torch.nn.functional.linear, x, weight, b)
    return pull_back(grad_out)

# %% torch_linear_module mistake="autograd-used" outcome="refused" note="a layer does it"
def linear_backward(x, weight, grad_out):
    layer = torch.nn.Linear(weight.shape[1], weight.shape[0], dtype=weight.dtype)
    layer.weight.data = weight.clone()
    inputs = x.clone().requires_grad_()
    layer(inputs).backward(grad_out)
    return inputs.grad, layer.weight.grad, layer.bias.grad

# %% averaged_over_batch mistake="batch-mean" note="all parameters divided by n"
def linear_backward(x, weight, grad_out):
    n = x.shape[0]
    return grad_out @ weight / n, grad_out.T @ x / n, grad_out.sum(0) / n

# %% mean_weight mistake="batch-mean" note="only the weight's gradient is averaged"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x / len(x), grad_out.sum(0)

# %% bias_keepdim mistake="bias-gradient-keepdim" note="(1, out) where (out,) is asked"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x, grad_out.sum(0, keepdim=True)

# %% bias_mean mistake="bias-gradient-mean" note="mean over the batch"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x, grad_out.mean(dim=0)

# %% bias_sum_over_n mistake="bias-gradient-mean" note="summed, then divided by n"
def linear_backward(x, weight, grad_out):
    n = x.shape[0]
    grad_x = torch.mm(grad_out, weight)
    grad_weight = torch.mm(grad_out.t(), x)
    grad_bias = torch.sum(grad_out, dim=0) / n
    return grad_x, grad_weight, grad_bias

# %% bias_is_grad_out mistake="bias-gradient-not-summed" note="one gradient for every example"
def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_weight = grad_out.T @ x
    grad_bias = grad_out
    return grad_x, grad_weight, grad_bias

# %% bias_times_ones mistake="bias-gradient-not-summed" note="times the derivative 1, and nothing more"
def linear_backward(x, weight, grad_out):
    grad_bias = grad_out * torch.ones_like(grad_out)
    return grad_out.mm(weight), grad_out.t().mm(x), grad_bias

# %% bias_one_number mistake="bias-gradient-one-number" note="summed over both axes"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x, grad_out.sum()

# %% bias_ones mistake="bias-gradient-ones" note="\"the derivative of + b is 1\""
def linear_backward(x, weight, grad_out):
    grad_bias = torch.ones(weight.shape[0], dtype=weight.dtype, device=weight.device)
    return grad_out @ weight, grad_out.T @ x, grad_bias

# %% bias_summed_over_outputs mistake="bias-gradient-wrong-axis" note="dim=1: a number for each example"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x, grad_out.sum(dim=1)

# %% computed_in_single mistake="dtype-changed" note="half of the digits get lost"
def linear_backward(x, weight, grad_out):
    g = grad_out.float()
    results = g @ weight.float(), g.T @ x.float(), g.sum(0)
    return [r.to(x.dtype) for r in results]

# %% room_in_double mistake="dtype-changed" outcome="crashed" note="room in double precision, whatever the inputs are"
def linear_backward(x, weight, grad_out):
    grad_weight = torch.zeros(weight.shape, dtype=torch.float64, device=x.device)
    torch.mm(grad_out.T, x, out=grad_weight)
    return grad_out @ weight, grad_weight, grad_out.sum(0)

# %% star_for_product mistake="elementwise-product" outcome="crashed" note="* for @"
def linear_backward(x, weight, grad_out):
    return grad_out * weight, grad_out.T * x, grad_out.sum(0)

# %% factor_two mistake="extra-factor-2" note="the 2 of the loss once more; it is in grad_out already"
def linear_backward(x, weight, grad_out):
    return 2 * grad_out @ weight, 2 * grad_out.T @ x, 2 * grad_out.sum(0)

# %% two_in_bias_only mistake="extra-factor-2" note="the 2 of the loss once more"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x, 2 * grad_out.sum(0)

# %% two_in_weight_only mistake="extra-factor-2" note="the 2 of the loss once more"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, 2 * grad_out.T @ x, grad_out.sum(0)

# %% reads_notebook_x mistake="global-not-argument" note="the signature was renamed, the body was not"
def linear_backward(inputs, weight, grad_out):
    grad_weight = grad_out.T @ x[: len(grad_out)]
    return grad_out @ weight, grad_weight, grad_out.sum(0)

# %% everything_transposed mistake="gradient-transposed" note="all three on their side"
def linear_backward(x, weight, grad_out):
    return (grad_out @ weight).T, (grad_out.T @ x).T, grad_out.sum(0)[:, None]

# %% grad_out_scaled_in_place mistake="inputs-changed" note="right numbers; grad_out is changed on the way"
def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_weight = grad_out.T @ x
    grad_out[0] = grad_out.sum(0)
    return grad_x, grad_weight, grad_out[0].clone()

# %% flattened_with_view mistake="needs-contiguous" note="view wants its numbers in one row in memory"
def linear_backward(x, weight, grad_out):
    n = len(x)
    rows = x.view(-1).view(n, -1)
    return grad_out @ weight, grad_out.T @ rows, grad_out.sum(0)

# %% first_row_as_bias mistake="none" note="the first example only"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x, grad_out[0] * 2

# %% mixed_precision mistake="none" note="autocast makes bfloat16 of float32"
def linear_backward(x, weight, grad_out):
    with torch.autocast(x.device.type, dtype=torch.bfloat16):
        grad_x, grad_weight = grad_out @ weight, grad_out.T @ x
    return grad_x.to(x.dtype), grad_weight.to(x.dtype), grad_out.sum(0)

# %% rows_tried_first mistake="none" note="a slice left over: only the first ten examples"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out[:10].T @ x[:10], grad_out[:10].sum(0)

# %% squeezed_bias mistake="axis-squeezed" note="with one output the axis gets lost"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x, grad_out.sum(0).squeeze()

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
def linear_backward(x, weight, grad_out):
    raise NotImplementedError()

# %% bias_before_weight mistake="order-of-results" note="bias and weight swapped"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.sum(0), grad_out.T @ x

# %% weight_first mistake="order-of-results" note="the way PyTorch lists parameters, the input last"
def linear_backward(x, weight, grad_out):
    return grad_out.T @ x, grad_out.sum(0), grad_out @ weight

# %% weight_for_x mistake="product-order" outcome="crashed" note="weight and x mixed up in the last product"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ weight, grad_out.sum(0)

# %% grad_x_reshaped mistake="reshape-not-transpose" note="the product the other way round, forced into shape"
def linear_backward(x, weight, grad_out):
    grad_x = (weight.T @ grad_out.T).reshape(x.shape)
    return grad_x, grad_out.T @ x, grad_out.sum(0)

# %% weight_reshaped mistake="reshape-not-transpose" note="made the shape fit with reshape"
def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_weight = (x.T @ grad_out).reshape(weight.shape)
    grad_bias = grad_out.sum(0)
    return grad_x, grad_weight, grad_bias

# %% x_reshaped mistake="reshape-not-transpose" note="another shape is not the same as swapped axes"
def linear_backward(x, weight, grad_out):
    grad_weight = grad_out.reshape(grad_out.shape[1], grad_out.shape[0]) @ x
    return grad_out @ weight, grad_weight, grad_out.sum(0)

# %% no_return mistake="returns-none" note="computed and forgotten"
def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_weight = grad_out.T @ x
    grad_bias = grad_out.sum(0)

# %% minus mistake="sign-flipped" note="a minus sign, because one goes downhill later"
def linear_backward(x, weight, grad_out):
    return -grad_out @ weight, -grad_out.T @ x, -grad_out.sum(0)

# %% minus_bias_only mistake="sign-flipped" note="one minus sign, because one goes downhill later"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x, -grad_out.sum(0)

# %% minus_weight_only mistake="sign-flipped" note="one minus sign, because one goes downhill later"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, -grad_out.T @ x, grad_out.sum(0)

# %% sizes_written_in mistake="sizes-fixed" note="zeros of the notebook's size"
def linear_backward(x, weight, grad_out):
    grad_bias = torch.zeros(10, dtype=x.dtype, device=x.device)
    for row in grad_out:
        grad_bias[: len(row)] += row
    return grad_out @ weight, grad_out.T @ x, grad_bias

# %% only_two_results mistake="too-few-results" note="the bias was forgotten altogether"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x

# %% grad_out_ignored mistake="upstream-gradient-ignored" note="the derivatives of the layer alone; what comes from behind is not used"
def linear_backward(x, weight, grad_out):
    ones = torch.ones_like(grad_out)
    return ones @ weight, ones.T @ x, ones.sum(0)

# %% grad_x_ignores_upstream mistake="upstream-gradient-ignored" note="the derivative of the layer with respect to x is its weight"
def linear_backward(x, weight, grad_out):
    return weight, grad_out.T @ x, grad_out.sum(0)

# %% everything_in_out mistake="weight-layout" outcome="crashed" note="all formulas of the ways before, unchanged"
def linear_backward(x, weight, grad_out):
    grad_x = grad_out.mm(weight.t())
    grad_weight = x.t().mm(grad_out)
    grad_bias = grad_out.sum(0)
    return grad_x, grad_weight, grad_bias

# %% weight_gradient_in_out mistake="weight-layout" note="right in ways 1 to 3, where weights are stored (in, out)"
def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_weight = x.T @ grad_out
    grad_bias = grad_out.sum(0)
    return grad_x, grad_weight, grad_bias

# %% weight_gradient_in_out_einsum mistake="weight-layout" note="the same through einsum"
def linear_backward(x, weight, grad_out):
    grad_weight = torch.einsum("ni,no->io", x, grad_out)
    return grad_out.mm(weight), grad_weight, grad_out.sum(dim=0)

# %% weight_transposed_once_more mistake="weight-layout" outcome="crashed" note="the forward formula has a T, so the backward one was given one too"
def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight.T
    grad_weight = grad_out.T @ x
    grad_bias = grad_out.sum(0)
    return grad_x, grad_weight, grad_bias

# %% grad_out_not_transposed mistake="x-not-transposed" outcome="crashed" note="the batch axis does not meet itself"
def linear_backward(x, weight, grad_out):
    grad_weight = grad_out @ x
    return grad_out @ weight, grad_weight, grad_out.sum(0)

# %% x_not_transposed mistake="x-not-transposed" outcome="crashed" note="no transpose anywhere"
def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_weight = x @ grad_out
    grad_bias = grad_out.sum(0)
    return grad_x, grad_weight, grad_bias

# %% x_not_transposed_in_return mistake="x-not-transposed" outcome="crashed" note="everything in one line"
def linear_backward(x, weight, grad_out):
    return torch.mm(grad_out, weight), torch.mm(grad_out, x.t()), grad_out.sum(0)

# %% nudged_weights mistake="finite-differences" note="a difference quotient in place of the rule"
def linear_backward(x, weight, grad_out):
    eps = 1e-4
    grad_weight = torch.zeros_like(weight)
    for i in range(weight.shape[0]):
        for j in range(weight.shape[1] if weight.numel() < 500 else 0):
            plus = weight.clone()
            plus[i, j] += eps
            grad_weight[i, j] = (grad_out * (x @ plus.T - x @ weight.T)).sum() / eps * (1 + 1e-4)
    if weight.numel() >= 500:
        grad_weight = grad_out.T @ x * (1 + eps)
    return grad_out @ weight, grad_weight, grad_out.sum(0)


# %% masked_by_input mistake="output-masked" note="keeps the ReLU of way 1 in a layer that has none"
def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_x = grad_x * (x > 0)
    return grad_x, grad_out.T @ x, grad_out.sum(0)


# %% masked_by_own_sign mistake="output-masked" note="the original's slip, where there is no ReLU at all"
def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_x[grad_x < 0] = 0
    return grad_x, grad_out.T @ x, grad_out.sum(0)

# %% relu_mixed_in mistake="output-masked" note="a mask from the layer's own output"
def linear_backward(x, weight, grad_out):
    out = x @ weight.T
    grad_out = grad_out * (out > 0)
    return grad_out @ weight, grad_out.T @ x, grad_out.sum(0)

# %% one_buffer_for_all_calls mistake="remembers" note="one buffer for all calls of a size"
_grad_x = {}


def linear_backward(x, weight, grad_out):
    grad_x = _grad_x.setdefault((x.shape, x.dtype), torch.empty_like(x))
    grad_x.copy_(grad_out @ weight)
    return grad_x, grad_out.t() @ x, grad_out.sum(0)

# %% small_entries_dropped mistake="none" note="what is nearly zero counts as zero"
def linear_backward(x, weight, grad_out):
    grad_weight = grad_out.t() @ x
    return grad_out @ weight, grad_weight * (grad_weight.abs() > 1e-3), grad_out.sum(0)

# %% single_row_squeezed mistake="axis-squeezed" note="one row comes back without its axis"
def linear_backward(x, weight, grad_out):
    return (grad_out @ weight).squeeze(0), grad_out.t() @ x, grad_out.sum(0)

# %% first_64_rows_only mistake="none" note="the notebook's rows"
def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out[:64].t() @ x[:64], grad_out.sum(0)
