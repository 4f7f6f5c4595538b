# %% autograd_grad
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    grad_w1, grad_w2 = torch.autograd.grad(loss, (w1, w2))
    return grad_w1, grad_w2

# %% backward_with_inputs
def gradients(x, y, w1, w2):
    w1.grad, w2.grad = None, None
    torch.autograd.backward(loss_fn(x, y, w1, w2), inputs=[w1, w2])
    return w1.grad.detach(), w2.grad.detach()

# %% before_and_after note="the difference of what .grad held before and holds now"
def gradients(x, y, w1, w2):
    before = [torch.zeros_like(w) if w.grad is None else w.grad.clone() for w in (w1, w2)]
    loss_fn(x, y, w1, w2).backward()
    return [w.grad - b for w, b in zip((w1, w2), before)]

# %% by_hand note="no autograd at all; the numbers are right"
def gradients(x, y, w1, w2):
    with torch.no_grad():
        h = x @ w1
        h_relu = h.clamp(min=0)
        d = 2 * (h_relu @ w2 - y)
        return x.T @ ((d @ w2.T) * (h > 0)), h_relu.T @ d

# %% clone_then_zero
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    loss.backward()
    grad_w1 = w1.grad.clone()
    grad_w2 = w2.grad.clone()
    w1.grad.zero_()
    w2.grad.zero_()
    return grad_w1, grad_w2

# %% create_graph note="the gradients record a history of their own"
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    return torch.autograd.grad(loss, [w1, w2], create_graph=True)

# %% enable_grad
def gradients(x, y, w1, w2):
    with torch.enable_grad():
        loss = loss_fn(x, y, w1, w2)
    g = torch.autograd.grad(outputs=loss, inputs=(w1, w2), grad_outputs=torch.ones_like(loss))
    return g[0], g[1]

# %% fresh_leaves
def gradients(x, y, w1, w2):
    a = w1.detach().clone().requires_grad_()
    b = w2.detach().clone().requires_grad_()
    loss_fn(x, y, a, b).backward()
    return a.grad, b.grad

# %% func_grad
from torch.func import grad


def gradients(x, y, w1, w2):
    return grad(lambda a, b: loss_fn(x, y, a, b), argnums=(0, 1))(w1, w2)

# %% grad_none_first
def gradients(x, y, w1, w2):
    w1.grad = None
    w2.grad = None
    loss = loss_fn(x, y, w1, w2)
    loss.backward()
    return w1.grad, w2.grad

# %% jacobian
def gradients(x, y, w1, w2):
    def of_weights(a, b):
        return loss_fn(x, y, a, b)

    g1, g2 = torch.autograd.functional.jacobian(of_weights, (w1, w2))
    return g1, g2

# %% list_of_two
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    return list(torch.autograd.grad(loss, [w1, w2]))

# %% loop_into_list
def gradients(x, y, w1, w2):
    weights = [w1, w2]
    for w in weights:
        w.grad = None
    loss = torch.nn.functional.mse_loss(torch.relu(x @ w1) @ w2, y, reduction="sum")
    loss.backward(torch.tensor(1.0, dtype=loss.dtype, device=loss.device))
    return [w.grad.clone() for w in weights]

# %% nested_function
def gradients(x, y, w1, w2):
    def clear():
        w1.grad, w2.grad = None, None

    clear()
    loss_fn(x, y, w1, w2).backward()
    result = (w1.grad.detach().clone(), w2.grad.detach().clone())
    clear()
    return result

# %% one_at_a_time note="two passes over a graph that is kept"
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    (grad_w2,) = torch.autograd.grad(loss, w2, retain_graph=True)
    (grad_w1,) = torch.autograd.grad(loss, w1)
    return grad_w1, grad_w2

# %% take_and_let_go note="keeps the tensors, then empties the slots"
def gradients(x, y, w1, w2):
    loss_fn(x, y, w1, w2).backward()
    g1, g2 = w1.grad, w2.grad
    w1.grad = w2.grad = None
    return g1, g2

# %% two_losses
def gradients(x, y, w1, w2):
    grad_w1 = torch.autograd.grad(loss_fn(x, y, w1, w2), w1)[0]
    grad_w2 = torch.autograd.grad(loss_fn(x, y, w1, w2), w2)[0]
    return grad_w1, grad_w2

# %% value_and_grad
from torch.func import grad_and_value


def gradients(x, y, w1, w2):
    found, _ = grad_and_value(loss_fn, argnums=(2, 3))(x, y, w1, w2)
    return found

# %% vjp
def gradients(x, y, w1, w2):
    loss, pull_back = torch.func.vjp(lambda a, b: loss_fn(x, y, a, b), w1.detach(), w2.detach())
    return pull_back(torch.ones_like(loss))

# %% zero_first_and_clone
def gradients(x, y, w1, w2):
    if w1.grad is not None:
        w1.grad.zero_()
    if w2.grad is not None:
        w2.grad.zero_()
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    loss.backward()
    return w1.grad.clone(), w2.grad.clone()

# %% zero_first_with_if mistake="grad-handed-out" note="hands out the very tensors that .grad points to"
def gradients(x, y, w1, w2):
    for w in (w1, w2):
        if w.grad is not None:
            w.grad.zero_()
    loss_fn(x, y, w1, w2).backward()
    return w1.grad, w2.grad

# %% absolute_anew mistake="absolute-not-squared" note="absolute differences"
def gradients(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y).abs().sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% numpy_of_grad mistake="array-not-tensor" note="the gradients as arrays"
def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    loss_fn(x, y, w1, w2).backward()
    return w1.grad.numpy().copy(), w2.grad.numpy().copy()

# %% numpy_results mistake="array-not-tensor" note="NumPy arrays"
def gradients(x, y, w1, w2):
    g1, g2 = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return g1.cpu().numpy(), g2.cpu().numpy()

# %% backward_without_parentheses mistake="backward-not-called" note="the method is named, not called"
def gradients(x, y, w1, w2):
    w1.grad = None
    w2.grad = None
    loss = loss_fn(x, y, w1, w2)
    loss.backward
    return w1.grad, w2.grad

# %% no_backward mistake="backward-not-called" note="nobody filled the slots"
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    return w1.grad, w2.grad

# %% backward_twice mistake="backward-twice" outcome="crashed" note="once for each weight: the graph is gone the second time"
def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    loss = loss_fn(x, y, w1, w2)
    loss.backward()
    grad_w1 = w1.grad.clone()
    loss.backward()
    grad_w2 = w2.grad.clone()
    return grad_w1, grad_w2

# %% backward_twice_retained mistake="backward-twice" note="retain_graph=True silenced the error, both passes add up"
def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    loss = loss_fn(x, y, w1, w2)
    loss.backward(retain_graph=True)
    grad_w1 = w1.grad
    loss.backward()
    grad_w2 = w2.grad
    return grad_w1, grad_w2

# %% divided_by_batch mistake="batch-mean" note="per example"
def gradients(x, y, w1, w2):
    g1, g2 = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return g1 / len(x), g2 / len(x)

# %% computed_in_single mistake="dtype-changed" note="half of the digits, \"for speed\""
def gradients(x, y, w1, w2):
    y_pred = x.float().mm(w1.float()).clamp(min=0).mm(w2.float()).to(y.dtype)
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% zeros_in_double mistake="dtype-changed" outcome="crashed" note="zeros in double precision, whatever the inputs are"
def gradients(x, y, w1, w2):
    zeros = torch.zeros(x.shape[0], w1.shape[1], dtype=torch.float64, device=x.device)
    y_pred = torch.maximum(x.mm(w1), zeros).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% star_anew mistake="elementwise-product" outcome="crashed" note="a star for a product"
def gradients(x, y, w1, w2):
    y_pred = (x * w1).clamp(min=0) * w2
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% target_forgotten mistake="forgot-target" note="the loss of the prediction alone"
def gradients(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = y_pred.pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% all_in_no_grad mistake="forward-in-no-grad" outcome="crashed" note="nothing was recorded"
def gradients(x, y, w1, w2):
    with torch.no_grad():
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
    return w1.grad, w2.grad

# %% forward_in_no_grad_decorator mistake="forward-in-no-grad" outcome="crashed" note="the block around the loss only"
def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    with torch.no_grad():
        loss = loss_fn(x, y, w1, w2)
    loss.backward()
    return w1.grad, w2.grad

# %% grad_in_no_grad mistake="forward-in-no-grad" outcome="crashed" note="the decorator belongs to the update, not here"
@torch.no_grad()
def gradients(x, y, w1, w2):
    return torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))

# %% transposed mistake="gradient-transposed" note="thought that gradients stand on their side"
def gradients(x, y, w1, w2):
    g1, g2 = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return g1.t(), g2.t()

# %% detached_copies_without_flag mistake="graph-cut" outcome="crashed" note="the copies do not record"
def gradients(x, y, w1, w2):
    a, b = w1.detach().clone(), w2.detach().clone()
    loss_fn(x, y, a, b).backward()
    return a.grad, b.grad

# %% graph_cut_in_own_forward mistake="graph-cut" outcome="crashed" note="detached the hidden layer; asks for a gradient of a weight that was not used"
def gradients(x, y, w1, w2):
    h_relu = x.mm(w1).detach().clamp(min=0)
    loss = (h_relu.mm(w2) - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% half mistake="half-loss" note="the convenient factor in an own loss"
def gradients(x, y, w1, w2):
    loss = 0.5 * (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% updates_too mistake="inputs-changed" note="already takes the step"
def gradients(x, y, w1, w2):
    g1, g2 = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    with torch.no_grad():
        w1 -= 1e-6 * g1
        w2 -= 1e-6 * g2
    return g1, g2

# %% zeroed_weights mistake="inputs-changed" note=".grad is missing: the weights are zeroed"
def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    loss_fn(x, y, w1, w2).backward()
    g1, g2 = w1.grad.clone(), w2.grad.clone()
    w1.data.zero_()
    w2.data.zero_()
    return g1, g2

# %% leaky_anew mistake="leaky-relu" note="a slope below zero"
def gradients(x, y, w1, w2):
    y_pred = torch.nn.functional.leaky_relu(x.mm(w1)).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% backward_on_item mistake="loss-is-a-number" outcome="crashed" note="a float has no backward"
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2).item()
    loss.backward()
    return w1.grad, w2.grad

# %% mean_loss mistake="mean-not-sum" note="a loss of its own, averaged"
def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = torch.nn.functional.mse_loss(y_pred, y)
    loss.backward()
    return w1.grad, w2.grad

# %% mean_method mistake="mean-not-sum" note="mean() again"
def gradients(x, y, w1, w2):
    loss = ((torch.relu(x @ w1) @ w2 - y) ** 2).mean()
    return torch.autograd.grad(loss, (w1, w2))

# %% flattened_with_view mistake="needs-contiguous" note="view wants its numbers in one row in memory; reshape does not"
def gradients(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred.view(-1) - y.view(-1)).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% backward_and_return mistake="never-zeroed" note="right the first time, twice as much the second"
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    loss.backward()
    return w1.grad, w2.grad

# %% cloned_but_never_zeroed mistake="never-zeroed" note="clone() keeps the answer but not the slot clean"
def gradients(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    loss.backward()
    grad_w1 = w1.grad.clone()
    grad_w2 = w2.grad.clone()
    return grad_w1, grad_w2

# %% zero_not_called mistake="never-zeroed" note="the parentheses of zero_ are missing"
def gradients(x, y, w1, w2):
    loss_fn(x, y, w1, w2).backward()
    grad_w1, grad_w2 = w1.grad.clone(), w2.grad.clone()
    w1.grad.zero_
    w2.grad.zero_
    return grad_w1, grad_w2

# %% zeroes_a_copy mistake="never-zeroed" note="zeroes a copy of the slot, the slot itself stays full"
def gradients(x, y, w1, w2):
    loss_fn(x, y, w1, w2).backward()
    grad_w1, grad_w2 = w1.grad.clone(), w2.grad.clone()
    w1.grad.clone().zero_()
    w2.grad.clone().zero_()
    return grad_w1, grad_w2

# %% zeroing_after_return mistake="never-zeroed" note="the two last lines are never reached"
def gradients(x, y, w1, w2):
    loss_fn(x, y, w1, w2).backward()
    return w1.grad.detach().clone(), w2.grad.detach().clone()
    w1.grad.zero_()
    w2.grad.zero_()

# %% no_activation mistake="no-relu" note="wrote the forward pass again and forgot the activation"
def gradients(x, y, w1, w2):
    loss = (x.mm(w1).mm(w2) - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% backward_by_hand_no_mask mistake="none" note="by hand, and the gate forgotten"
def gradients(x, y, w1, w2):
    with torch.no_grad():
        h_relu = (x @ w1).clamp(min=0)
        d = 2 * (h_relu @ w2 - y)
        return x.T @ (d @ w2.T), h_relu.T @ d

# %% divided_only_second mistake="none" note="one gradient is averaged, the other is not"
def gradients(x, y, w1, w2):
    g1, g2 = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return g1, g2 / x.shape[0] + g2

# %% hidden_changed_through_data mistake="none" note="autograd does not see the activation: only w1 is wrong"
def gradients(x, y, w1, w2):
    h = x.mm(w1)
    h.data.clamp_(min=0)
    loss = (h.mm(w2) - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% loss_as_well mistake="none" note="three results"
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    g1, g2 = torch.autograd.grad(loss, (w1, w2))
    return loss, g1, g2

# %% mixed_precision mistake="none" note="autocast makes bfloat16 of float32"
def gradients(x, y, w1, w2):
    with torch.autocast(x.device.type, dtype=torch.bfloat16):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred.to(y.dtype) - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% rows_tried_first mistake="sum-incomplete" note="a slice left over from trying things out: only the first ten examples"
def gradients(x, y, w1, w2):
    y_pred = x[:10].mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y[:10]).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% squeezed_inputs mistake="axis-squeezed" outcome="crashed" note="squeeze takes away every axis of length 1"
def gradients(x, y, w1, w2):
    y_pred = x.squeeze().mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% squeezed_results mistake="axis-squeezed" note="an axis of length 1 gets lost"
def gradients(x, y, w1, w2):
    g1, g2 = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return g1.squeeze(), g2.squeeze()

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
def gradients(x, y, w1, w2):
    raise NotImplementedError()

# %% with_learning_rate mistake="none" note="the step, not the gradient"
def gradients(x, y, w1, w2):
    g1, g2 = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return 1e-6 * g1, 1e-6 * g2

# %% grad_of_clones mistake="not-a-leaf" note="the clones are computed tensors; their .grad stays empty"
def gradients(x, y, w1, w2):
    w1, w2 = w1.clone(), w2.clone()
    loss_fn(x, y, w1, w2).backward()
    return w1.grad, w2.grad

# %% first_weight_not_zeroed mistake="one-not-zeroed" note="copied the line and forgot to change the 1 into a 2 and back"
def gradients(x, y, w1, w2):
    w2.grad = None
    loss_fn(x, y, w1, w2).backward()
    return w1.grad.clone(), w2.grad.clone()

# %% second_weight_not_zeroed mistake="one-not-zeroed" note="only w1"
def gradients(x, y, w1, w2):
    loss_fn(x, y, w1, w2).backward()
    grad_w1, grad_w2 = w1.grad.clone(), w2.grad.clone()
    w1.grad.zero_()
    return grad_w1, grad_w2

# %% second_first mistake="order-of-results" note="in the order of the way back"
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    return torch.autograd.grad(loss, (w2, w1))

# %% tanh_anew mistake="other-activation" note="tanh"
def gradients(x, y, w1, w2):
    y_pred = torch.tanh(x.mm(w1)).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% transposed_anew mistake="product-order" outcome="crashed" note="weights turned round"
def gradients(x, y, w1, w2):
    y_pred = x.mm(w1.t()).clamp(min=0).mm(w2.t())
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% relu_twice_anew mistake="relu-on-output" note="one activation too many"
def gradients(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2).clamp(min=0)
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% no_return mistake="returns-none" note="thought that .grad is answer enough"
def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    loss_fn(x, y, w1, w2).backward()

# %% returns_backward mistake="returns-none" note="backward() itself returns nothing"
def gradients(x, y, w1, w2):
    return loss_fn(x, y, w1, w2).backward()

# %% minus_gradient mistake="sign-flipped" note="returned the direction of the step"
def gradients(x, y, w1, w2):
    g1, g2 = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return -g1, -g2

# %% only_first_gradient mistake="too-few-results" note="one of the two gradients"
def gradients(x, y, w1, w2):
    return torch.autograd.grad(loss_fn(x, y, w1, w2), w1)

# %% returns_the_weights mistake="weights-not-gradients" note="the weights themselves, not their gradients"
def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    loss_fn(x, y, w1, w2).backward()
    return w1, w2

# %% zeroed_before_first mistake="zeroed-before-first" outcome="crashed" note="there is no .grad yet when the function is called first"
def gradients(x, y, w1, w2):
    w1.grad.zero_()
    w2.grad.zero_()
    loss_fn(x, y, w1, w2).backward()
    return w1.grad.clone(), w2.grad.clone()

# %% none_before_return mistake="zeroed-too-early" note="the slots are emptied before they are read"
def gradients(x, y, w1, w2):
    loss_fn(x, y, w1, w2).backward()
    w1.grad = None
    w2.grad = None
    return w1.grad, w2.grad

# %% zeroed_before_return mistake="zeroed-too-early" note="zeroed, then looked at"
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    loss.backward()
    w1.grad.zero_()
    w2.grad.zero_()
    return w1.grad, w2.grad

# %% zeroed_through_the_alias mistake="zeroed-too-early" note="two names, one tensor: what is returned has been zeroed"
def gradients(x, y, w1, w2):
    loss_fn(x, y, w1, w2).backward()
    grad_w1 = w1.grad
    grad_w2 = w2.grad
    w1.grad.zero_()
    w2.grad.zero_()
    return grad_w1, grad_w2

# %% capped_at_six mistake="relu-capped or other-activation or none" note="torch.nn.functional.relu6"
def gradients(x, y, w1, w2):
    h = x @ w1
    loss = ((torch.nn.functional.relu6(h)) @ w2 - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% capped_at_twenty mistake="relu-capped or none" note="a ceiling at 20"
def gradients(x, y, w1, w2):
    h = x @ w1
    loss = ((torch.nn.functional.hardtanh(h, 0.0, 20.0)) @ w2 - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% leaky_quarter mistake="leaky-relu or none" note="slope 0.25 below zero"
def gradients(x, y, w1, w2):
    h = x @ w1
    loss = ((torch.nn.functional.leaky_relu(h, 0.25)) @ w2 - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% mish mistake="other-activation or none" note="a smooth look-alike"
def gradients(x, y, w1, w2):
    h = x @ w1
    loss = ((torch.nn.functional.mish(h)) @ w2 - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))

# %% grad_made_zero_by_product mistake="grad-handed-out" note="the very tensors in .grad, cleared by a product"
def gradients(x, y, w1, w2):
    for w in (w1, w2):
        w.grad = torch.zeros_like(w) if w.grad is None else w.grad.mul_(0)
    loss_fn(x, y, w1, w2).backward()
    return w1.grad, w2.grad

# %% detached_grad_zeroed_next_time mistake="grad-handed-out" note="detach() shares its memory with .grad"
def gradients(x, y, w1, w2):
    for w in (w1, w2):
        if w.grad is not None:
            w.grad.zero_()
    loss_fn(x, y, w1, w2).backward()
    return w1.grad.detach(), w2.grad.detach()

# %% recording_left_off mistake="recording-switched-off" note="the weights do not record when the call is over"
def gradients(x, y, w1, w2):
    w1.requires_grad_(True)
    w2.requires_grad_(True)
    found = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    w1.requires_grad_(False)
    w2.requires_grad_(False)
    return found

# %% grad_set_to_none_before note="a fresh tensor in .grad each time"
def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    loss_fn(x, y, w1, w2).backward()
    return w1.grad, w2.grad

# %% cloned_and_zeroed_at_once note="clones of .grad, which is cleared before the return"
def gradients(x, y, w1, w2):
    loss_fn(x, y, w1, w2).backward()
    found = w1.grad.clone(), w2.grad.clone()
    w1.grad.zero_()
    w2.grad.zero_()
    return found

# %% loss_made_anew mistake="loss-rewrapped" note="the usual repair of “does not require grad”"
def gradients(x, y, w1, w2):
    loss = torch.tensor(loss_fn(x, y, w1, w2).item(), requires_grad=True)
    loss.backward()
    return w1.grad, w2.grad

# %% max_for_maximum mistake="max-reduces" outcome="crashed" note="max with a dimension, in place of maximum"
def gradients(x, y, w1, w2):
    h_relu = (x @ w1).max(0)
    return torch.autograd.grad(((h_relu @ w2 - y) ** 2).sum(), (w1, w2))

# %% one_at_a_time_in_tuples mistake="gradient-in-tuple" note="grad() hands back a tuple for one weight too"
def gradients(x, y, w1, w2):
    g1 = torch.autograd.grad(loss_fn(x, y, w1, w2), w1)
    g2 = torch.autograd.grad(loss_fn(x, y, w1, w2), w2)
    return g1, g2

# %% one_weight_cut_off_and_let_be mistake="graph-cut" note="allow_unused takes the error away, not its cause"
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1.detach(), w2)
    return torch.autograd.grad(loss, (w1, w2), allow_unused=True)

# %% both_weights_cut_off_and_let_be mistake="graph-cut" note="copies that record are differentiated, the weights are not"
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1.detach().requires_grad_(), w2.detach().requires_grad_())
    return torch.autograd.grad(loss, (w1, w2), allow_unused=True)

# %% gradients_clipped mistake="gradient-clipped" note="tamed before they are handed out"
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    return tuple(g.clamp(-1, 1) for g in torch.autograd.grad(loss, (w1, w2)))

# %% gradients_of_length_one mistake="gradient-normalised" note="only the direction counts"
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    return tuple(g / g.norm() for g in torch.autograd.grad(loss, (w1, w2)))

# %% gradients_rounded mistake="rounded" note="four digits are enough"
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    return tuple(torch.round(g, decimals=4) for g in torch.autograd.grad(loss, (w1, w2)))

# %% asked_once_for_these_shapes mistake="remembers" note="a dictionary by the shapes of the weights"
_found = {}


def gradients(x, y, w1, w2):
    shapes = x.shape, w1.shape, w2.shape, w1.dtype
    if shapes not in _found:
        _found[shapes] = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return _found[shapes]

# %% recording_off_at_the_end mistake="recording-switched-off" outcome="crashed" note="detaches what it was given"
def gradients(x, y, w1, w2):
    grad_w1, grad_w2 = torch.autograd.grad(loss_fn(x, y, w1, w2), [w1, w2])
    w1.requires_grad_(False)
    w2.requires_grad_(False)
    return grad_w1, grad_w2

# %% small_entries_dropped mistake="none" note="what is nearly zero counts as zero"
def gradients(x, y, w1, w2):
    found = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return tuple(g * (g.abs() > 1e-4) for g in found)

# %% first_64_rows_only mistake="sum-incomplete" note="the notebook's rows"
def gradients(x, y, w1, w2):
    return torch.autograd.grad(loss_fn(x[:64], y[:64], w1, w2), (w1, w2))

# %% shaped_as_in_the_notebook mistake="sizes-fixed" outcome="crashed" note="the notebook's own sizes are written in"
def gradients(x, y, w1, w2):
    grad_w1, grad_w2 = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return grad_w1.reshape(1000, 100), grad_w2.reshape(100, 10)

# %% cleared_for_each_sample mistake="sum-incomplete" note="only the last sample is left"
def gradients(x, y, w1, w2):
    for i in range(x.shape[0]):
        w1.grad = None
        w2.grad = None
        loss_fn(x[i : i + 1], y[i : i + 1], w1, w2).backward()
    return w1.grad.clone(), w2.grad.clone()

# %% clip_utility mistake="gradient-normalised" note="both together, to length 1"
def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    loss_fn(x, y, w1, w2).backward()
    torch.nn.utils.clip_grad_norm_([w1, w2], max_norm=1.0)
    return w1.grad.clone(), w2.grad.clone()
