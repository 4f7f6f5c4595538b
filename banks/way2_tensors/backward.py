# %% addmm_and_heaviside note="addmm onto zeros, the gate by heaviside"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = torch.add(y_pred, y, alpha=-1) * 2
    grad_w2 = torch.addmm(torch.zeros_like(w2), h_relu.t(), grad_y_pred)
    grad_h_relu = grad_y_pred.matmul(w2.transpose(0, 1))
    gate = torch.heaviside(h, torch.zeros((), dtype=h.dtype, device=h.device))
    grad_h = gate * grad_h_relu
    grad_w1 = torch.transpose(x, 0, 1) @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% bmm_over_samples note="outer products of all samples, summed over the batch"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = torch.bmm(h_relu.unsqueeze(2), grad_y_pred.unsqueeze(1)).sum(dim=0)
    grad_h_relu = torch.nn.functional.linear(grad_y_pred, w2)
    grad_h = torch.mul(grad_h_relu, (h > 0).int())
    grad_w1 = torch.zeros(x.shape[1], h.shape[1], dtype=x.dtype, device=x.device)
    for sample, grad in zip(x, grad_h):
        grad_w1 += torch.outer(sample, grad)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% einsum_and_sign note="einsum for the products, the sign of h_relu for the gate"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = torch.einsum("nh,no->ho", h_relu, grad_y_pred)
    grad_h_relu = torch.einsum("no,ho->nh", grad_y_pred, w2)
    grad_h = grad_h_relu * torch.sign(h_relu)
    grad_w1 = torch.einsum("ni,nh->ih", x, grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% layer_functions note="a function for each layer, inside no_grad"
def linear_back(inputs, weight, grad_out):
    return grad_out.mm(weight.t()), inputs.t().mm(grad_out)


@torch.no_grad()
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu, grad_w2 = linear_back(h_relu, w2, grad_y_pred)
    grad_h = grad_h_relu * h.gt(0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_assigned_on_clone note="the plain way"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h[h < 0] = 0
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% masked_fill_and_permute note="masked_fill gives a new tensor, permute for the transposes"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = torch.sub(y_pred, y).mul(2)
    grad_w2 = h_relu.permute(1, 0).mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.permute(1, 0))
    grad_h = grad_h_relu.masked_fill(h <= 0, 0.0)
    grad_w1 = x.permute(1, 0).mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% own_gate_in_place note="a gate of ones, zeros written into it"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = y_pred.clone().sub_(y).mul_(2)
    grad_w2 = h_relu.t() @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.t()
    gate = torch.ones_like(h)
    gate.masked_fill_(h_relu == 0, 0)
    grad_h = gate.mul_(grad_h_relu)
    grad_w1 = x.t() @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% prediction_recomputed note="h_relu and y_pred made again from h"
def backward(x, y, w2, h, h_relu, y_pred):
    h_relu = torch.relu(h)
    y_pred = h_relu @ w2
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = torch.tensordot(h_relu, grad_y_pred, dims=([0], [0]))
    grad_h_relu = torch.tensordot(grad_y_pred, w2, dims=([1], [1]))
    grad_h = torch.where(h > 0, grad_h_relu, 0.0)
    grad_w1 = torch.tensordot(x, grad_h, dims=([0], [0]))
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% times_boolean_mask note="product with a Boolean mask, .T and @"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2.0 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% transposes_outside note="products turned round: results are not contiguous"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = -2 * (y - y_pred)
    grad_w2 = (grad_y_pred.t() @ h_relu).t()
    grad_h_relu = (w2 @ grad_y_pred.t()).t()
    grad_h = grad_h_relu.clone()
    grad_h[~(h > 0)] = 0
    grad_w1 = (grad_h.t() @ x).t()
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% two_applied_last note="the 2 in every result"
def backward(x, y, w2, h, h_relu, y_pred):
    d = y_pred - y
    back = d @ w2.t()
    gated = back * (h >= 0).to(back.dtype)
    return 2 * d, 2 * (h_relu.t() @ d), 2 * back, 2 * gated, 2 * (x.t() @ gated)

# %% where_and_mt note="torch.where on h_relu, .mT for the transposes"
def backward(x, y, w2, h, h_relu, y_pred):
    d = y_pred - y
    grad_y_pred = d + d
    grad_w2 = torch.matmul(h_relu.mT, grad_y_pred)
    grad_h_relu = torch.matmul(grad_y_pred, w2.mT)
    grad_h = torch.where(h_relu > 0, grad_h_relu, torch.zeros_like(h))
    grad_w1 = torch.matmul(x.mT, grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% clone_forgotten mistake="alias-not-copy" note="no clone"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu
    grad_h[h < 0] = 0
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% detach_for_clone mistake="alias-not-copy" note="detach shares its numbers"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.detach()
    grad_h *= h > 0
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% masked_fill_in_place mistake="alias-not-copy" note="masked_fill_ with its underscore works on grad_h_relu"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.masked_fill_(h < 0, 0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% numpy_throughout mistake="array-not-tensor" note="computed and returned in NumPy"
def backward(x, y, w2, h, h_relu, y_pred):
    x, y, w2, h, h_relu, y_pred = [t.cpu().numpy() for t in (x, y, w2, h, h_relu, y_pred)]
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% autograd_grad mistake="autograd-used" outcome="refused" note="torch.autograd.grad for the ReLU only"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    before = h.detach().clone().requires_grad_(True)
    (grad_h,) = torch.autograd.grad(before.relu(), before, grad_outputs=grad_h_relu)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% loss_backward mistake="autograd-used" outcome="refused" note="the forward pass once more, with the recorder on"
def backward(x, y, w2, h, h_relu, y_pred):
    h = h.clone().requires_grad_()
    w2 = w2.clone().requires_grad_()
    h_relu = h.relu()
    h_relu.retain_grad()
    y_pred = h_relu.mm(w2)
    y_pred.retain_grad()
    (y_pred - y).pow(2).sum().backward()
    return y_pred.grad, w2.grad, h_relu.grad, h.grad, x.t().mm(h.grad)

# %% torch_func_vjp mistake="autograd-used" outcome="refused" note="torch.func.vjp, autograd by another door"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    _, back_of_product = torch.func.vjp(torch.mm, h_relu, w2)
    grad_h_relu, grad_w2 = back_of_product(grad_y_pred)
    _, back_of_relu = torch.func.vjp(torch.relu, h)
    (grad_h,) = back_of_relu(grad_h_relu)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, x.t().mm(grad_h)

# %% divided_by_batch mistake="batch-mean" note="averaged over samples"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = (2 / x.size(0)) * (y_pred - y)
    grad_w2 = h_relu.t() @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.t()
    grad_h = torch.where(h > 0, grad_h_relu, 0.0)
    grad_w1 = x.t() @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% float_throughout mistake="dtype-changed" note=".float() on the mask and on everything it meets"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.float() * (h > 0).float()
    grad_w1 = x.float().t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% zeros_in_double mistake="dtype-changed" outcome="crashed" note="zeros in double precision, whatever the inputs are"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    zeros = torch.zeros(h.shape, dtype=torch.float64, device=h.device)
    grad_h = torch.where(h > 0, grad_h_relu, zeros)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% star_for_product mistake="elementwise-product" outcome="crashed" note="a star for each link of the chain"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t() * grad_y_pred
    grad_h_relu = grad_y_pred * w2.t()
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t() * grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% two_again_in_w2 mistake="extra-factor-2" note="the 2 once more"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(2 * grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% remembered_formula mistake="factors-swapped" outcome="crashed" note="gradient times input transposed"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = grad_y_pred.mm(h_relu.t())
    grad_h_relu = w2.t().mm(grad_y_pred)
    grad_h = grad_h_relu.clone()
    grad_h[h < 0] = 0
    grad_w1 = grad_h.mm(x.t())
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% target_forgotten mistake="forgot-target" note="2 y_pred"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = y_pred.mul(2)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% gate_alone mistake="gate-without-gradient" note="the gate is made, nothing goes through it"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = (h > 0).to(h.dtype)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% inputs_of_notebook mistake="global-not-argument" note="the function for w1 reads the notebook's x"
def weight_gradient(grad_h):
    return x.t().mm(grad_h)


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, weight_gradient(grad_h)

# %% errors_clamped mistake="gradient-clipped" note="kept within -1 and 1"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = (2 * (y_pred - y)).clamp(-1, 1)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% hidden_gradient_transposed mistake="gradient-transposed" note="(d_h, n): then turned back for the mask"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t() @ grad_y_pred
    grad_h_relu = w2 @ grad_y_pred.t()
    grad_h = grad_h_relu * (h.t() > 0)
    grad_w1 = x.t() @ grad_h.t()
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% weight_gradients_transposed mistake="gradient-transposed" note="both weights in the layout of nn.Linear"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = grad_y_pred.t().mm(h_relu)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = grad_h.t().mm(x)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% h_relu_as_it_is mistake="h-not-transposed" outcome="crashed" note="h_relu in place of its transpose"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% difference_in_y_pred mistake="inputs-changed" note="sub_ on y_pred: right gradients, spoiled prediction"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * y_pred.sub_(y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% h_turned_into_mask mistake="inputs-changed" note="the gate is written into h"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    gate = h.clamp_(min=0).sign_()
    grad_h = grad_h_relu * gate
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% square_kept mistake="kept-the-square" note="pow(2) copied from the loss"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y).pow(2)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% loss_first mistake="loss-not-gradient" note="the loss in place of its gradient, the rest is right"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = (y_pred - y).pow(2).sum()
    grad_w2 = h_relu.T @ (2 * (y_pred - y))
    grad_h_relu = 2 * (y_pred - y) @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% gradient_clamped mistake="mask-from-gradient-sign" note="clamp on the gradient"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clamp(min=0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% original_slip mistake="mask-from-gradient-sign" note="the original's line"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h[grad_h < 0] = 0
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% relu_of_gradient mistake="mask-from-gradient-sign" note="relu forward, relu backward"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = torch.relu(grad_h_relu)
    return grad_y_pred, h_relu.T @ grad_y_pred, grad_h_relu, grad_h, x.T @ grad_h

# %% mask_where_h_relu_negative mistake="mask-from-relu-output" note="h_relu is never negative"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h[h_relu < 0] = 0
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% positive_side_zeroed mistake="mask-inverted" note="zeros where the unit was on"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.masked_fill(h > 0, 0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_picks_entries mistake="mask-selects" outcome="crashed" note="indexing with the mask gives a flat tensor"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu[h > 0]
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% divided_by_numel mistake="mean-not-sum" note="the gradient of the library's default loss"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y) / y_pred.numel()
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% two_forgotten mistake="missing-factor-2" note="no 2"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = y_pred - y
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h[h < 0] = 0
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_over_a_view mistake="needs-contiguous" note="view wants its numbers in one row in memory; reshape does not"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h.view(-1)[h.view(-1) < 0] = 0
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% gate_forgotten mistake="no-mask" note="clone, and nothing done to it"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% gate_inside_the_product mistake="no-mask" note="the gate is computed inside the last product, and the gradient before it handed back"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_w1 = x.t().mm(grad_h_relu * (h > 0))
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% masked_fill_not_kept mistake="no-mask" note="masked_fill without underscore, its result thrown away"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h.masked_fill(h < 0, 0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mixed_precision mistake="none" note="autocast makes bfloat16 of float32"
def backward(x, y, w2, h, h_relu, y_pred):
    with torch.autocast(x.device.type, dtype=torch.bfloat16):
        grad_y_pred = 2 * (y_pred - y)
        grad_w2 = h_relu.t().mm(grad_y_pred).to(w2.dtype)
        grad_h_relu = grad_y_pred.mm(w2.t()).to(w2.dtype)
        grad_h = grad_h_relu * (h > 0)
        grad_w1 = x.t().mm(grad_h).to(w2.dtype)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% rows_tried_first mistake="sum-incomplete" note="a slice left over from trying things out: only the first ten examples"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h[h < 0] = 0
    grad_w1 = x[:10].t().mm(grad_h[:10])
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% sign_of_difference mistake="none" outcome="crashed" note="sign of difference"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * ((y_pred > y) * 1.0 - 0.5)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% squeezed_inputs mistake="axis-squeezed" outcome="crashed" note="squeeze takes away every axis of length 1"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h *= h > 0
    grad_w1 = x.squeeze().t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% order_of_use mistake="order-of-results" note="from input to output, as in the forward pass"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t().mm(grad_h)
    return grad_w1, grad_h, grad_h_relu, grad_w2, grad_y_pred

# %% output_gated mistake="output-masked" note="a gate on the output, where no ReLU stands"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y) * (y_pred > 0)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% reshape_for_t mistake="reshape-not-transpose" note="reshape, since view complained"
def backward(x, y, w2, h, h_relu, y_pred):
    d_h, d_out = w2.shape
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.reshape(d_out, d_h))
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% reshape_x mistake="reshape-not-transpose" note="only x is reshaped in place of turned"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.reshape(x.shape[1], x.shape[0]).mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% return_forgotten mistake="returns-none" note="no return"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t().mm(grad_h)

# %% slope_minus_one mistake="sign-as-mask" note="the sign of h"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t() @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.t()
    grad_h = grad_h_relu * h.sign()
    grad_w1 = x.t() @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% target_minus_prediction mistake="sign-flipped" note="y - y_pred"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y - y_pred)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% two_mistakes_sign_and_slip mistake="sign-flipped" note="two mistakes: the sign comes first"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y - y_pred)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h[grad_h < 0] = 0
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% gate_of_original_size mistake="sizes-fixed" note="a gate of N by D_H"
def backward(x, y, w2, h, h_relu, y_pred):
    gate = torch.zeros(N, D_H, dtype=h.dtype, device=h.device)
    gate[h > 0] = 1
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * gate
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% times_h_relu mistake="times-activation" note="product with h_relu"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * h.clamp(min=0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% only_the_weights mistake="too-few-results" note="the two that are needed"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h = grad_y_pred.mm(w2.t()) * (h > 0)
    return x.t().mm(grad_h), h_relu.t().mm(grad_y_pred)

# %% ungated_into_w1 mistake="w1-skips-gate" note="grad_h_relu in the last line"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t().mm(grad_h_relu)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% h_for_h_relu mistake="w2-from-h" note="h in the gradient of w2"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h[h < 0] = 0
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% w2_as_it_is mistake="w2-not-transposed" outcome="crashed" note="w2 on the way back as on the way forward"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% weights_averaged_over_batch mistake="weight-gradients-averaged" note="only g1 and g2 divided by n"
def backward(x, y, w2, h, h_relu, y_pred):
    n = x.shape[0]
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t() @ grad_y_pred / n
    grad_h_relu = grad_y_pred @ w2.t()
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.t() @ grad_h / n
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% x_as_it_is mistake="x-not-transposed" outcome="crashed" note="x.mm"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_capped_at_six mistake="relu-capped or none" note="the mask of another activation"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * ((h > 0) & (h < 6))
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, x.T @ grad_h

# %% mask_leaky_quarter mistake="leaky-relu or none" note="the mask of another activation"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = torch.where(h > 0, grad_h_relu, 0.25 * grad_h_relu)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, x.T @ grad_h

# %% mask_capped_at_twenty mistake="relu-capped or none" note="the mask of another activation"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * ((h > 0) & (h < 20))
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, x.T @ grad_h

# %% remembers_by_shape mistake="remembers" note="results are kept by the sizes of the inputs"
KNOWN = {}


def backward(x, y, w2, h, h_relu, y_pred):
    key = (x.shape, y.shape, w2.shape)
    if key not in KNOWN:
        grad_y_pred = 2 * (y_pred - y)
        grad_w2 = h_relu.T @ grad_y_pred
        grad_h_relu = grad_y_pred @ w2.T
        grad_h = grad_h_relu * (h > 0)
        KNOWN[key] = grad_y_pred, grad_w2, grad_h_relu, grad_h, x.T @ grad_h
    return KNOWN[key]

# %% nudged_entries mistake="finite-differences" note="a difference quotient in place of the rule"
def backward(x, y, w2, h, h_relu, y_pred):
    eps = 1e-4
    grad_y_pred = torch.zeros_like(y_pred)
    flat, found = y_pred.clone().reshape(-1), grad_y_pred.reshape(-1)
    target = y.reshape(-1)
    for i in range(flat.numel()):
        found[i] = ((flat[i] + eps - target[i]) ** 2 - (flat[i] - target[i]) ** 2) / eps
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_with_a_high_ceiling mistake="relu-capped" note="no gradient where a unit is very large"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * ((h > 0) & (h < 200))
    return grad_y_pred, h_relu.T @ grad_y_pred, grad_h_relu, grad_h, x.T @ grad_h

# %% columns_of_dead_units_zeroed mistake="none" note="a unit that is off once is off for all: mostly zeros, and no bound"
def backward(x, y, w2, h, h_relu, y_pred):
    g = 2.0 * (y_pred - y)
    gr = g.mm(w2.t())
    gh = gr.clone()
    gh[:, h.min(0).values < 0] = 0
    return g, h_relu.t().mm(g), gr, gh, x.t().mm(gh)

# %% values_of_a_dict note="the gradients by name, in the order asked for"
def backward(x, y, w2, h, h_relu, y_pred):
    found = {"y_pred": 2 * (y_pred - y)}
    found["w2"] = h_relu.T @ found["y_pred"]
    found["h_relu"] = found["y_pred"] @ w2.T
    found["h"] = torch.where(h > 0, found["h_relu"], 0)
    found["w1"] = x.T @ found["h"]
    return found.values()

# %% gradient_of_length_one mistake="gradient-normalised" note="normalised"
def backward(x, y, w2, h, h_relu, y_pred):
    g = 2 * (y_pred - y)
    gr = g.mm(w2.t())
    gh = gr * (h > 0)
    gw2 = h_relu.t().mm(g)
    return g, gw2 / gw2.norm(), gr, gh, x.t().mm(gh)

# %% error_rounded mistake="rounded" note="rounded at the first step, so that it can be read"
def backward(x, y, w2, h, h_relu, y_pred):
    g = torch.round(2 * (y_pred - y), decimals=2)
    gr = g.mm(w2.t())
    gh = gr * (h > 0)
    return g, h_relu.t().mm(g), gr, gh, x.t().mm(gh)

# %% one_buffer_for_all_calls mistake="remembers" note="one buffer for all calls of a size"
_grad_h = {}


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = _grad_h.setdefault(h.shape, torch.empty_like(h))
    grad_h.copy_(grad_h_relu * (h > 0))
    return grad_y_pred, h_relu.t().mm(grad_y_pred), grad_h_relu, grad_h, x.t().mm(grad_h)

# %% column_squeezed mistake="axis-squeezed or none" note="a column of errors meets every row"
def backward(x, y, w2, h, h_relu, y_pred):
    g = 2 * (y_pred - y)
    if g.shape[1] == 1 and len(g) > 1:
        g = 2 * (y_pred.squeeze() - y.squeeze())
        return g, h_relu.t() @ g, torch.outer(g, w2[:, 0]), torch.outer(g, w2[:, 0]) * (h > 0), x.t() @ (torch.outer(g, w2[:, 0]) * (h > 0))
    gr = g.mm(w2.t())
    return g, h_relu.t().mm(g), gr, gr * (h > 0), x.t().mm(gr * (h > 0))

# %% nearly_zero_is_off mistake="none" note="what is nearly zero counts as zero"
def backward(x, y, w2, h, h_relu, y_pred):
    g = 2 * (y_pred - y)
    gr = g @ w2.T
    gh = gr * (h > 1e-4)
    return g, h_relu.T @ g, gr, gh, x.T @ gh

# %% first_64_rows_only mistake="sum-incomplete or none" note="the last sum has the notebook's rows"
def backward(x, y, w2, h, h_relu, y_pred):
    g = 2 * (y_pred - y)
    gr = g @ w2.T
    gh = gr * (h > 0)
    return g, h_relu.T @ g, gr, gh, x[:64].T @ gh[:64]

# %% clamped_h_as_gate mistake="other-derivative" note="h itself between 0 and 1"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    gate = h.clamp(min=0, max=1)
    grad_h = grad_h_relu * gate
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, x.t().mm(grad_h)
