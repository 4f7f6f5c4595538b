# %% broadcasting_and_sum note="no matrix product at all: broadcast and sum"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = np.stack([(h_relu * column[:, None]).sum(0) for column in grad_y_pred.T], axis=1)
    grad_h_relu = np.stack([(grad_y_pred * row).sum(1) for row in w2], axis=1)
    grad_h = np.copy(grad_h_relu)
    grad_h[h_relu == 0] = 0
    grad_w1 = np.stack([(x * column[:, None]).sum(0) for column in grad_h.T], axis=1)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% einsum_throughout note="einsum names the axes, no transposes"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = np.einsum("nh,no->ho", h_relu, grad_y_pred)
    grad_h_relu = np.einsum("no,ho->nh", grad_y_pred, w2)
    grad_h = grad_h_relu * np.sign(h_relu)
    grad_w1 = np.einsum("ni,nh->ih", x, grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% inner_products note="np.inner multiplies along the last axis of both"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = np.inner(h_relu.T, grad_y_pred.T)
    grad_h_relu = np.inner(grad_y_pred, w2)
    grad_h = np.array(grad_h_relu)
    np.putmask(grad_h, h <= 0, 0)
    grad_w1 = np.inner(x.T, grad_h.T)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% integer_mask note="a mask of whole numbers"
def backward(x, y, w2, h, h_relu, y_pred):
    mask = (h > 0).astype(int)
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred.dot(w2.transpose())
    grad_h = (grad_h_relu * mask).astype(grad_h_relu.dtype)
    grad_w2 = np.transpose(h_relu).dot(grad_y_pred)
    grad_w1 = np.transpose(x).dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% layer_functions note="a function for each layer, in Fortran order where it falls so"
def linear_back(inputs, weight, grad_out):
    return grad_out @ weight.T, np.asfortranarray(inputs.T @ grad_out)


def relu_back(before, grad_out):
    return np.where(before > 0, 1, 0).astype(grad_out.dtype) * grad_out


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu, grad_w2 = linear_back(h_relu, w2, grad_y_pred)
    grad_h = relu_back(h, grad_h_relu)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_assigned_on_copy note="the plain way"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% minus_target_minus note="the sign taken out: -2 (y - y_pred)"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = -2 * (y - y_pred)
    grad_w2 = (grad_y_pred.T @ h_relu).T
    grad_h_relu = (w2 @ grad_y_pred.T).T
    grad_h = grad_h_relu * ~(h <= 0)
    grad_w1 = (grad_h.T @ x).T
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% own_mask_changed_in_place note="a fresh array for the gate, filled in place"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = y_pred - y
    grad_y_pred *= 2
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    gate = np.ones_like(h)
    gate[h < 0] = 0
    grad_h = grad_h_relu * gate
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% prediction_recomputed note="h_relu and y_pred made again from h"
def backward(x, y, w2, h, h_relu, y_pred):
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.select([h > 0, h <= 0], [grad_h_relu, 0 * grad_h_relu])
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% sum_of_outer_products note="one sample at a time, outer products added up"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = np.zeros_like(w2)
    grad_w1 = np.zeros((x.shape[1], h.shape[1]), dtype=x.dtype)
    grad_h_relu = np.zeros_like(h)
    grad_h = np.zeros_like(h)
    for i in range(x.shape[0]):
        grad_w2 += np.outer(h_relu[i], grad_y_pred[i])
        grad_h_relu[i] = w2 @ grad_y_pred[i]
        grad_h[i] = np.where(h[i] > 0, grad_h_relu[i], 0)
        grad_w1 += np.outer(x[i], grad_h[i])
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% tensordot_and_heaviside note="tensordot over the batch axis, the gate by heaviside"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * np.subtract(y_pred, y)
    grad_w2 = np.tensordot(h_relu, grad_y_pred, axes=(0, 0))
    grad_h_relu = np.tensordot(grad_y_pred, w2, axes=(1, 1))
    gate = np.heaviside(h, 0)
    grad_h = gate * grad_h_relu
    grad_w1 = np.tensordot(x, grad_h, axes=(0, 0))
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% times_mask note="product with a boolean mask"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2.0 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% two_applied_last note="all with half the gradient, the 2 in each result"
def backward(x, y, w2, h, h_relu, y_pred):
    d = y_pred - y
    back = d @ w2.T
    gated = back * (h >= 0)
    return 2 * d, 2 * h_relu.T @ d, 2 * back, 2 * gated, 2 * x.T @ gated

# %% where_on_relu_output note="the mask read from h_relu > 0"
def backward(x, y, w2, h, h_relu, y_pred):
    d = y_pred - y
    grad_y_pred = d + d
    grad_w2 = np.matmul(h_relu.T, grad_y_pred)
    grad_h_relu = np.matmul(grad_y_pred, w2.T)
    grad_h = np.where(h_relu > 0, grad_h_relu, 0)
    grad_w1 = np.matmul(x.T, grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% copy_forgotten mistake="alias-not-copy" note="grad_h is a second name of grad_h_relu"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu
    grad_h[h < 0] = 0
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% multiplied_in_place mistake="alias-not-copy" note="*= on the array that is returned too"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h_relu *= h > 0
    grad_h = grad_h_relu
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% slice_is_a_view mistake="alias-not-copy" note="[:] copies a list, but not an array"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu[:]
    grad_h[h <= 0] = 0
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% torch_autograd mistake="autograd-used" outcome="refused" note="torch's recorder fetched in, the numbers are right"
import torch


def backward(x, y, w2, h, h_relu, y_pred):
    hidden = torch.tensor(h, requires_grad=True)
    weight = torch.tensor(w2, requires_grad=True)
    on = hidden.relu()
    on.retain_grad()
    out = on @ weight
    out.retain_grad()
    ((out - torch.tensor(y)) ** 2).sum().backward()
    grad_h = hidden.grad.numpy()
    return out.grad.numpy(), weight.grad.numpy(), on.grad.numpy(), grad_h, x.T @ grad_h

# %% torch_autograd_grad mistake="autograd-used" outcome="refused" note="torch.autograd.grad for two of the five"
import torch


def backward(x, y, w2, h, h_relu, y_pred):
    p = torch.from_numpy(np.array(y_pred)).requires_grad_()
    (g,) = torch.autograd.grad(((p - torch.from_numpy(np.array(y))) ** 2).sum(), p)
    grad_y_pred = g.numpy()
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, x.T @ grad_h

# %% divided_by_batch mistake="batch-mean" note="averaged over samples"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y) / x.shape[0]
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h <= 0] = 0
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% divided_by_len mistake="batch-mean" note="len(y) is the number of samples"
def backward(x, y, w2, h, h_relu, y_pred):
    m = len(y)
    grad_y_pred = (2.0 / m) * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.where(h > 0, grad_h_relu, 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% halves_in_float32 mistake="dtype-changed" note="buffers in float32 take the digits away"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = (2 * (y_pred - y)).astype(np.float32)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% star_for_product mistake="elementwise-product" outcome="crashed" note="the chain rule multiplies, so a star"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T * grad_y_pred
    grad_h_relu = grad_y_pred * w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T * grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% two_again_from_formula mistake="extra-factor-2" note="the formula for w2 copied whole, with its own 2"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ (2 * grad_y_pred)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.where(h > 0, grad_h_relu, 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% two_again_in_w2 mistake="extra-factor-2" note="the 2 written again for w2"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = 2 * h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% remembered_formula mistake="factors-swapped" outcome="crashed" note="the formula of the book: gradient times input transposed"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = grad_y_pred.dot(h_relu.T)
    grad_h_relu = w2.T.dot(grad_y_pred)
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = grad_h.dot(x.T)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% remembered_formula_w1_only mistake="factors-swapped" outcome="crashed" note="w2 is right, w1 by the remembered formula"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = grad_h @ x.T
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% target_forgotten mistake="forgot-target" note="2 y_pred"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * y_pred
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% target_treated_as_constant mistake="forgot-target" note="y is a constant, so its term vanishes, they thought"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = y_pred + y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.where(h > 0, grad_h_relu, 0.0)
    return grad_y_pred, h_relu.T @ grad_y_pred, grad_h_relu, grad_h, x.T @ grad_h

# %% gate_alone mistake="gate-without-gradient" note="the gate is made, nothing goes through it"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = (h > 0).astype(h.dtype)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% inputs_from_notebook mistake="global-not-argument" note="the function for w1 reads the notebook's x"
def gradient_of_w1(grad_h):
    return x.T.dot(grad_h)


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu * (h > 0)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, gradient_of_w1(grad_h)

# %% reads_a_cache mistake="global-not-argument" outcome="crashed" note="a global cache that forward filled"
cache = {}


def forward(x, w1, w2):
    h = x @ w1
    r = np.maximum(h, 0)
    cache.update(x=x, h=h, r=r)
    return h, r, r @ w2


forward(x, w1, w2)


def backward(x, y, w2, h, h_relu, y_pred):
    g = 2 * (y_pred - y)
    gr = g @ w2.T
    gh = gr * (cache["h"] > 0)
    return g, cache["r"].T @ g, gr, gh, cache["x"].T @ gh

# %% errors_clipped mistake="gradient-clipped" note="kept within -1 and 1 so that it does not explode"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = np.clip(2 * (y_pred - y), -1, 1)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% both_weight_gradients_transposed mistake="gradient-transposed" note="both the other way round"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w2 = np.einsum("no,nh->oh", grad_y_pred, h_relu)
    grad_w1 = np.einsum("nh,ni->hi", grad_h, x)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% two_mistakes_transposed_and_slip mistake="gradient-transposed" note="two mistakes: w2's shape first, then the slip"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = grad_y_pred.T @ h_relu
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.maximum(grad_h_relu, 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% w1_gradient_transposed mistake="gradient-transposed" note="(d_h, d_in) for w1"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.where(h > 0, grad_h_relu, 0)
    grad_w1 = grad_h.T @ x
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% w2_gradient_transposed mistake="gradient-transposed" note="(d_out, d_h) for w2"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = grad_y_pred.T.dot(h_relu)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% h_relu_as_it_is mistake="h-not-transposed" outcome="crashed" note="h_relu in place of its transpose"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% if_on_array mistake="if-on-array" outcome="crashed" note="an if for the whole array"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu if h > 0 else 0 * grad_h_relu
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% difference_in_y_pred mistake="inputs-changed" note="y_pred -= y: the gradients are right, the prediction is gone"
def backward(x, y, w2, h, h_relu, y_pred):
    y_pred -= y
    grad_y_pred = 2 * y_pred
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% h_relu_turned_into_mask mistake="inputs-changed" note="after its use for w2, h_relu becomes the gate"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    gate = h_relu
    gate[gate > 0] = 1
    grad_h = grad_h_relu * gate
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% h_turned_into_mask mistake="inputs-changed" note="the zeros and ones of the gate are written into h"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    h[h <= 0] = 0
    h[h > 0] = 1
    grad_h = grad_h_relu * h
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% square_kept mistake="kept-the-square" note="the 2 comes down, the power stays"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y) ** 2
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% square_kept_np_square mistake="kept-the-square" note="np.square copied from the loss"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * np.square(y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% leaky_gate mistake="leaky-relu" note="the slope of the leaky kind"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * np.where(h > 0, 1, 0.01)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% loss_first mistake="loss-not-gradient" note="the loss in place of its gradient, the rest is right"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = np.square(y_pred - y).sum()
    grad_w2 = h_relu.T @ (2 * (y_pred - y))
    grad_h_relu = 2 * (y_pred - y) @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% gradient_times_own_sign mistake="mask-from-gradient-sign" note="product with a mask of the gradient"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    mask = (grad_h_relu > 0).astype(grad_h_relu.dtype)
    grad_h = grad_h_relu * mask
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% original_slip mistake="mask-from-gradient-sign" note="the original's line: grad_h[grad_h < 0] = 0"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[grad_h < 0] = 0
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% relu_of_the_gradient mistake="mask-from-gradient-sign" note="the ReLU applied to the gradient"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.maximum(0, grad_h_relu)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% where_gradient_positive mistake="mask-from-gradient-sign" note="where, with the gradient as its own condition"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.where(grad_h_relu > 0, grad_h_relu, 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_where_h_relu_at_least_zero mistake="mask-from-relu-output" note="h_relu >= 0 is always true"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.where(h_relu >= 0, grad_h_relu, 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_where_h_relu_negative mistake="mask-from-relu-output" note="h_relu is never negative"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h_relu < 0] = 0
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% positive_side_zeroed mistake="mask-inverted" note="zeros where the unit was on"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h > 0] = 0
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% times_off_units mistake="mask-inverted" note="product with the wrong half"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h < 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_picks_entries mistake="mask-selects" outcome="crashed" note="indexing with the mask picks a flat list of entries"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu[h > 0]
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mean_by_both_sizes mistake="mean-not-sum" note="divided by n and by d_out, in two places"
def backward(x, y, w2, h, h_relu, y_pred):
    n, d_out = y_pred.shape
    grad_y_pred = 2 / n * (y_pred - y) / d_out
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h_relu > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mean_of_all_entries mistake="mean-not-sum" note="the gradient of the mean squared error"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y) / y.size
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% two_mistakes_mean_and_no_mask mistake="mean-not-sum" note="two mistakes: the mean comes first in order of computation"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y) / y.size
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu.copy()
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% half_loss_gradient mistake="missing-factor-2" note="the gradient of the loss with a half in it"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 0.5 * 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.where(h > 0, grad_h_relu, 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% two_forgotten mistake="missing-factor-2" note="the 2 of the square is missing"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = y_pred - y
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_by_shape mistake="needs-contiguous" note="writing to .shape is possible only for numbers in one row in memory"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu.copy()
    off = np.array(h < 0)
    off.shape = -1
    grad_h.ravel()[off] = 0
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% gate_forgotten mistake="no-mask" note="a copy, and nothing done to it"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% gate_inside_the_product mistake="no-mask" note="the gate is computed inside the last product, and the gradient before it handed back"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu.copy()
    grad_w1 = x.T @ (grad_h_relu * (h > 0))
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_made_but_unused mistake="no-mask" note="the mask is computed, then forgotten"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    mask = h > 0
    grad_h = np.array(grad_h_relu)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% relu_counted_as_linear mistake="no-mask" note="ReLU has slope one, they remembered"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * np.ones_like(h)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% bytes_read_as_double mistake="none" outcome="crashed" note="frombuffer takes bytes for double precision if nobody says otherwise"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.frombuffer(grad_h_relu.tobytes()).reshape(h.shape).copy()
    grad_h[h < 0] = 0
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% rows_tried_first mistake="sum-incomplete" note="a slice left over from trying things out: only the first ten examples"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x[:10].T @ grad_h[:10]
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% sign_of_difference mistake="none" note="sign of difference"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * ((y_pred > y) * 1.0 - 0.5)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% small_differences mistake="finite-differences" note="slopes by small differences: float32 has too few digits for them"
def backward(x, y, w2, h, h_relu, y_pred):
    def slope(f, a, eps=1e-3):
        out = np.zeros_like(a)
        for i in np.ndindex(a.shape):
            there, back = a.copy(), a.copy()
            there[i] += eps
            back[i] -= eps
            out[i] = (f(there) - f(back)) / (2 * eps)
        return out

    grad_y_pred = slope(lambda p: np.sum((p - y) ** 2), y_pred)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% squeezed_inputs mistake="axis-squeezed" outcome="crashed" note="squeeze takes away every axis of length 1"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.squeeze().T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% wrong_power_of_chain mistake="none" note="w2 squared in the chain: a slip of the pen"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ (w2.T * w2.T)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% hidden_pair_swapped mistake="order-of-results" note="grad_h before grad_h_relu"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.where(h > 0, grad_h_relu, 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h, grad_h_relu, grad_w1

# %% weights_first mistake="order-of-results" note="the two that are needed come first"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T.dot(grad_h)
    return grad_w1, grad_w2, grad_h, grad_h_relu, grad_y_pred

# %% output_gated_too mistake="output-masked" note="a gate on the output, where no ReLU stands"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_y_pred[y_pred < 0] = 0
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% inputs_reshaped mistake="reshape-not-transpose" note="h_relu and x reshaped until the product works"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.reshape(h_relu.shape[1], -1) @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.reshape(x.shape[1], -1) @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% result_reshaped mistake="reshape-not-transpose" note="the transposed gradient, reshaped to the shape of w1"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = (grad_h.T @ x).reshape(x.shape[1], h.shape[1])
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% w2_reshaped mistake="reshape-not-transpose" note="w2.reshape has the shape of w2.T"
def backward(x, y, w2, h, h_relu, y_pred):
    d_h, d_out = w2.shape
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.reshape(d_out, d_h)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% return_forgotten mistake="returns-none" note="no return"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T.dot(grad_h)

# %% slope_minus_one mistake="sign-as-mask" note="np.sign(h) is -1 where the unit was off"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * np.sign(h)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% minus_in_front mistake="sign-flipped" note="the minus of the descent put into the gradient"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = -2 * (y_pred - y)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.where(h > 0, grad_h_relu, 0)
    return grad_y_pred, h_relu.T @ grad_y_pred, grad_h_relu, grad_h, x.T @ grad_h

# %% target_minus_prediction mistake="sign-flipped" note="y - y_pred: the loss does not mind, the gradient does"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y - y_pred)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% batch_of_64_written_in mistake="sizes-fixed" outcome="crashed" note="a loop over exactly 64 samples"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w2, grad_w1 = 0, 0
    for i in range(64):
        grad_w2 = grad_w2 + np.outer(h_relu[i], grad_y_pred[i])
        grad_w1 = grad_w1 + np.outer(x[i], grad_h[i])
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% shapes_written_in mistake="sizes-fixed" outcome="crashed" note="gradients of the original sizes are filled in"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = np.zeros((100, 10))
    grad_w1 = np.zeros((1000, 100))
    grad_w2[:] = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1[:] = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% times_h mistake="times-activation" note="product with h: the other value of the catalogue's ratio"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * h
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% times_h_relu mistake="times-activation" note="product with h_relu itself"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu * h_relu
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% times_relu_of_h mistake="times-activation" note="the ReLU of h in place of its slope"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.maximum(h, 0) * grad_h_relu
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% only_the_weights mistake="too-few-results" note="only what the update needs"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h = (grad_y_pred @ w2.T) * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_w1, grad_w2

# %% ungated_chain mistake="w1-skips-gate" note="the whole chain in one line, without the gate"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = np.where(h > 0, grad_h_relu, 0)
    grad_w1 = x.T @ (grad_y_pred @ w2.T)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% ungated_into_w1 mistake="w1-skips-gate" note="grad_h is made, grad_h_relu is used"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.T.dot(grad_h_relu)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% h_for_h_relu mistake="w2-from-h" note="h in the gradient of w2"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% h_for_h_relu_einsum mistake="w2-from-h" note="the same in einsum"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = np.einsum("nh,no->ho", h, grad_y_pred)
    grad_h_relu = np.einsum("no,ho->nh", grad_y_pred, w2)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = np.einsum("ni,nh->ih", x, grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% w2_as_it_is mistake="w2-not-transposed" outcome="crashed" note="w2 on the way back as on the way forward"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% weights_averaged_over_batch mistake="weight-gradients-averaged" note="dW = 1/m ..., from another course: only g1, g2"
def backward(x, y, w2, h, h_relu, y_pred):
    m = x.shape[0]
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred / m
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h / m
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% x_as_it_is mistake="x-not-transposed" outcome="crashed" note="x in place of its transpose"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.dot(grad_h)
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
    grad_h = np.where(h > 0, grad_h_relu, 0.25 * grad_h_relu)
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

# %% mask_with_a_high_ceiling mistake="relu-capped" note="no gradient where a unit is very large"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * ((h > 0) & (h < 200))
    return grad_y_pred, h_relu.T @ grad_y_pred, grad_h_relu, grad_h, x.T @ grad_h

# %% difference_clipped mistake="gradient-clipped" note="a bound that small gradients never reach"
def backward(x, y, w2, h, h_relu, y_pred):
    g = np.clip(2 * (y_pred - y), -5, 5)
    gr = g @ w2.T
    gh = gr * (h > 0)
    return g, h_relu.T @ g, gr, gh, x.T @ gh

# %% scaled_to_length_one mistake="gradient-normalised" note="clipped by its norm"
def backward(x, y, w2, h, h_relu, y_pred):
    g = 2 * (y_pred - y)
    gr = g @ w2.T
    gh = gr * (h > 0)
    gw1 = x.T @ gh
    norm = np.linalg.norm(gw1)
    if norm > 1:
        gw1 = gw1 / norm
    return g, h_relu.T @ g, gr, gh, gw1

# %% always_of_length_one mistake="gradient-normalised" note="normalised, also where it is short"
def backward(x, y, w2, h, h_relu, y_pred):
    g = 2 * (y_pred - y)
    gr = g @ w2.T
    gh = gr * (h > 0)
    gw1 = x.T @ gh
    return g, h_relu.T @ g, gr, gh, gw1 / np.linalg.norm(gw1)

# %% gradients_rounded mistake="rounded" note="three digits are enough for a step"
def backward(x, y, w2, h, h_relu, y_pred):
    g = 2 * (y_pred - y)
    gr = g @ w2.T
    gh = gr * (h > 0)
    return g, np.round(h_relu.T @ g, 3), gr, gh, np.round(x.T @ gh, 3)

# %% one_buffer_for_all_calls mistake="remembers" note="one buffer for all calls of a size"
_grad_h = {}


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = _grad_h.setdefault(h.shape, np.empty(h.shape))
    np.multiply(grad_h_relu, h > 0, out=grad_h)
    return grad_y_pred, h_relu.T @ grad_y_pred, grad_h_relu, grad_h, x.T @ grad_h

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
