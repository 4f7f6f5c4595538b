# %% as_in_the_original
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% autograd_grad
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w2.add_(g2, alpha=-lr)
            w1.add_(g1, alpha=-lr)
    return losses

# %% calls_gradients
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        losses.append(loss_fn(x, y, w1, w2).item())
        grad_w1, grad_w2 = gradients(x, y, w1, w2)
        with torch.no_grad():
            w1 -= lr * grad_w1
            w2 -= lr * grad_w2
    return losses

# %% copy_back
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1.copy_(w1 - lr * w1.grad)
            w2.copy_(w2 - lr * w2.grad)
        w1.grad.zero_()
        w2.grad.zero_()
    return losses

# %% data_assigned note="the leaf stays the same object; its storage is a new one"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        w1.data = w1.data - lr * w1.grad
        w2.data = w2.data - lr * w2.grad
        w1.grad = None
        w2.grad = None
    return losses

# %% decorated_update
def train(x, y, w1, w2, lr, steps):
    @torch.no_grad()
    def update(weights):
        for w in weights:
            w += -lr * w.grad
            w.grad = None

    losses = []
    for step in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses += [loss.item()]
        loss.backward()
        update([w1, w2])
    return losses

# %% flag_off_and_on note="switches the flag of the weights instead of the recorder"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        for w in (w1, w2):
            w.requires_grad_(False)
            w -= lr * w.grad
            w.requires_grad_(True)
            w.grad = None
    return losses

# %% foreach
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g = torch.autograd.grad(loss, [w1, w2])
        with torch.no_grad():
            torch._foreach_sub_([w1, w2], [lr * a for a in g])
    return losses

# %% grad_switch
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        with torch.set_grad_enabled(True):
            loss = loss_fn(x, y, w1, w2)
        loss.backward()
        losses.append(loss.item())
        torch.set_grad_enabled(False)
        w1 -= lr * w1.grad
        w2 -= lr * w2.grad
        torch.set_grad_enabled(True)
        w1.grad = w2.grad = None
    return losses

# %% gradients_by_hand note="no autograd at all"
def train(x, y, w1, w2, lr, steps):
    losses = []
    with torch.no_grad():
        for _ in range(steps):
            h = x @ w1
            h_relu = h.clamp(min=0)
            d = h_relu @ w2 - y
            losses.append(d.pow(2).sum().item())
            g2 = h_relu.T @ (2 * d)
            g1 = x.T @ ((2 * d @ w2.T) * (h > 0))
            w1 -= lr * g1
            w2 -= lr * g2
    return losses

# %% inference_mode
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.inference_mode():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
        w1.grad = None
        w2.grad = None
    return losses

# %% loop_over_weights
def train(x, y, w1, w2, lr, steps):
    weights = (w1, w2)
    losses = []
    while len(losses) < steps:
        loss = loss_fn(x, y, *weights)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in weights:
                w -= lr * w.grad
                w.grad.zero_()
    return losses

# %% losses_as_tensors note="0-d tensors without history in the list"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.detach())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses

# %% losses_with_history note="keeps every loss with its graph: wasteful, but the numbers are right"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss)
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% lr_times_loss note="the learning rate stands in the loss, the step has none"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        (lr * loss).backward()
        with torch.no_grad():
            w1 -= w1.grad
            w2 -= w2.grad
        w1.grad = w2.grad = None
    return losses

# %% one_tensor_of_losses
def train(x, y, w1, w2, lr, steps):
    losses = torch.zeros(steps, dtype=x.dtype)
    for i in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses[i] = loss.item()
        loss.backward()
        with torch.no_grad():
            torch.sub(w1, w1.grad, alpha=lr, out=w1)
            torch.sub(w2, w2.grad, alpha=lr, out=w2)
        w1.grad *= 0
        w2.grad *= 0
    return losses

# %% optimizer note="torch.optim.SGD does the same"
def train(x, y, w1, w2, lr, steps):
    optimizer = torch.optim.SGD([w1, w2], lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    return losses

# %% slice_assignment
def train(x, y, w1, w2, lr, steps):
    losses = np.zeros(steps)
    for i in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses[i] = loss.item()
        loss.backward()
        with torch.no_grad():
            w1[:] = w1 - lr * w1.grad
            w2[:] = w2 - lr * w2.grad
        w1.grad, w2.grad = None, None
    return losses

# %% through_data
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
        losses.append(loss.item())
        w1.data -= lr * w1.grad
        w2.data -= lr * w2.grad
        w1.grad.data.zero_()
        w2.grad.data.zero_()
    return losses

# %% trained_copy_copied_back note="works on copies, and writes them back in the end"
def train(x, y, w1, w2, lr, steps):
    a = w1.detach().clone().requires_grad_()
    b = w2.detach().clone().requires_grad_()
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, a, b)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (a, b))
        with torch.no_grad():
            a -= lr * g1
            b -= lr * g2
    with torch.no_grad():
        w1.copy_(a)
        w2.copy_(b)
    return losses

# %% update_in_a_function
@torch.no_grad()
def step(w, lr):
    w -= lr * w.grad
    w.grad.zero_()


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
        step(w1, lr)
        step(w2, lr)
        losses.append(loss.item())
    return losses

# %% zero_before_backward_with_if
def train(x, y, w1, w2, lr, steps):
    history = np.empty(steps)
    for t in range(steps):
        loss = loss_fn(x, y, w1, w2)
        history[t] = loss.item()
        for w in (w1, w2):
            if w.grad is not None:
                w.grad.detach_()
                w.grad.zero_()
        loss.backward()
        for w in (w1, w2):
            w.data.add_(w.grad, alpha=-lr)
    return history.tolist()

# %% zero_first_with_if
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        if w1.grad is not None:
            w1.grad.zero_()
            w2.grad.zero_()
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
    return losses

# %% zero_with_none
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        w1.grad = None
        w2.grad = None
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
        with torch.no_grad():
            w1.sub_(lr * w1.grad)
            w2.sub_(lr * w2.grad)
        losses.append(float(loss.detach()))
    return losses

# %% absolute_anew mistake="absolute-not-squared" note="absolute differences"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y).abs().sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad.zero_()
    return losses

# %% backward_forgotten mistake="backward-not-called" outcome="crashed" note="nobody filled .grad"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% backward_twice_retained mistake="backward-twice" note="once for each weight, with retain_graph against the error: steps of double size"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward(retain_graph=True)
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% lr_divided_by_n mistake="batch-mean" note="the step is divided by the number of examples"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1 / len(x)
            w2 -= lr * g2 / len(x)
    return losses

# %% computed_in_single mistake="dtype-changed" note="half of the digits, \"for speed\""
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x.float().mm(w1.float()).clamp(min=0).mm(w2.float()).to(y.dtype)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses

# %% zeros_in_double mistake="dtype-changed" outcome="crashed" note="zeros in double precision, whatever the inputs are"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        zeros = torch.zeros(x.shape[0], w1.shape[1], dtype=torch.float64, device=x.device)
        y_pred = torch.maximum(x.mm(w1), zeros).mm(w2)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses

# %% star_anew mistake="elementwise-product" outcome="crashed" note="a star for a product"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = (x * w1).clamp(min=0) * w2
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad.zero_()
    return losses

# %% target_forgotten mistake="forgot-target" note="the loss of the prediction alone"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = y_pred.pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad.zero_()
    return losses

# %% everything_in_no_grad mistake="forward-in-no-grad" outcome="crashed" note="the block begins too early"
def train(x, y, w1, w2, lr, steps):
    losses = []
    with torch.no_grad():
        for _ in range(steps):
            loss = loss_fn(x, y, w1, w2)
            losses.append(loss.item())
            loss.backward()
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% forward_before_the_loop mistake="forward-outside-loop" outcome="crashed" note="one forward pass, many backward passes"
def train(x, y, w1, w2, lr, steps):
    losses = []
    loss = loss_fn(x, y, w1, w2)
    for _ in range(steps):
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% gradients_before_the_loop mistake="forward-outside-loop" note="the first gradient, used again and again"
def train(x, y, w1, w2, lr, steps):
    losses = []
    grad_w1, grad_w2 = gradients(x, y, w1, w2)
    for _ in range(steps):
        losses.append(loss_fn(x, y, w1, w2).item())
        with torch.no_grad():
            w1 -= lr * grad_w1
            w2 -= lr * grad_w2
    return losses

# %% grad_set_to_number mistake="grad-set-to-zero-number" outcome="crashed" note=".grad takes a tensor or None, not 0"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
        w1.grad = 0
        w2.grad = 0
    return losses

# %% half_anew mistake="half-loss" note="one half in front"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = 0.5 * (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad.zero_()
    return losses

# %% x_moved_too mistake="inputs-changed" note="right weights, and the data are scaled at the end"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    y -= x.mm(w1.detach()).clamp(min=0).mm(w2.detach())
    return losses

# %% list_made_in_the_loop mistake="last-loss-only" note="a new list in every step"
def train(x, y, w1, w2, lr, steps):
    for _ in range(steps):
        losses = []
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses

# %% only_the_last_loss mistake="last-loss-only" note="a number instead of all of them"
def train(x, y, w1, w2, lr, steps):
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return loss.item()

# %% leaky_anew mistake="leaky-relu" note="a slope below zero"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = torch.nn.functional.leaky_relu(x.mm(w1)).mm(w2)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad.zero_()
    return losses

# %% loss_after_update mistake="loss-after-update" note="measured again after the step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
            losses.append(loss_fn(x, y, w1, w2).item())
    return losses

# %% item_before_backward mistake="loss-is-a-number" outcome="crashed" note="the loss is a float when backward is called"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2).item()
        losses.append(loss)
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% lr_written_in mistake="lr-ignored" note="1e-6 as in the original, whatever was asked"
def train(x, y, w1, w2, lr, steps):
    lr = 1e-6
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% mean_loss mistake="mean-not-sum" note="an own loss, averaged"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y).pow(2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% flattened_with_view mistake="needs-contiguous" note="view wants its numbers in one row in memory; reshape does not"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred.view(-1) - y.view(-1)).pow(2).sum()
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses

# %% never_zeroed mistake="never-zeroed" note="gradients add up"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
    return losses

# %% zero_not_called mistake="never-zeroed" note="zero_ without parentheses"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_
            w2.grad.zero_
    return losses

# %% zeroed_after_the_loop mistake="never-zeroed" note="the indentation: zeroed once, at the very end"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        w1.data -= lr * w1.grad
        w2.data -= lr * w2.grad
    w1.grad.zero_()
    w2.grad.zero_()
    return losses

# %% zeroed_before_the_loop mistake="never-zeroed" note="cleaned once, before the loop"
def train(x, y, w1, w2, lr, steps):
    losses = []
    w1.grad = None
    w2.grad = None
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1.add_(-lr * w1.grad)
            w2.add_(-lr * w2.grad)
    return losses

# %% zeroes_a_name mistake="never-zeroed" note="a local name is set to None, the slot stays full"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                g = w.grad
                w -= lr * g
                g = None
    return losses

# %% without_lr mistake="no-learning-rate" note="the gradient itself as step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= w1.grad
            w2 -= w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% no_activation mistake="no-relu" note="the forward pass written anew, without its activation"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = (x.mm(w1).mm(w2) - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% no_update_at_all mistake="no-update" note="backward, and nothing after it"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        w1.grad = None
        w2.grad = None
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
    return losses

# %% out_of_place_sub mistake="no-update" note="sub without the underscore: computed and thrown away"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1.sub(lr * w1.grad)
            w2.sub(lr * w2.grad)
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% adam mistake="other-rule" note="another optimizer"
def train(x, y, w1, w2, lr, steps):
    optimizer = torch.optim.Adam([w1, w2], lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    return losses

# %% fixed_number_of_steps mistake="steps-ignored" note="500 steps as in the original"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(500):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses

# %% flag_left_off mistake="recording-switched-off" note="switches recording off for the update, and on again only at the start of a step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        w1.requires_grad = True
        w2.requires_grad = True
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        w1.requires_grad = False
        w2.requires_grad = False
        w1 -= lr * g1
        w2 -= lr * g2
    return losses

# %% gradient_of_weight_swapped mistake="none" outcome="crashed" note="each weight takes the other's gradient"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g2, g1 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses

# %% mixed_precision mistake="none" note="autocast makes bfloat16 of float32"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred.to(y.dtype) - y).pow(2).sum()
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses

# %% rows_tried_first mistake="mini-batch" note="a slice left over from trying things out: only the first ten examples"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x[:10].mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y[:10]).pow(2).sum()
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses

# %% second_from_new_first mistake="w1-updated-first" note="w2's gradient is taken after w1 has moved"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        (g1,) = torch.autograd.grad(loss, w1)
        w1.data -= lr * g1
        (g2,) = torch.autograd.grad(loss_fn(x, y, w1, w2), w2)
        w2.data -= lr * g2
    return losses

# %% squeezed_inputs mistake="axis-squeezed" outcome="crashed" note="squeeze takes away every axis of length 1"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x.squeeze().mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
def train(x, y, w1, w2, lr, steps):
    raise NotImplementedError()

# %% first_copied_line_not_changed mistake="one-not-zeroed" note="copied the line and left w2 in both"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w2.grad.zero_()
            w2.grad.zero_()
    return losses

# %% only_first_zeroed mistake="one-not-zeroed" note="w2 forgotten"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
    return losses

# %% zero_in_loop_last_only mistake="one-not-zeroed" note="the zeroing line stands behind the inner loop and sees only the last weight"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
            w.grad.zero_()
    return losses

# %% only_first_updated mistake="one-weight-only" note="w2 never moves"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        (g1,) = torch.autograd.grad(loss, w1)
        with torch.no_grad():
            w1 -= lr * g1
    return losses

# %% only_second_updated mistake="one-weight-only" note="w1 never moves"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% tanh_anew mistake="other-activation" note="tanh"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = torch.tanh(x.mm(w1)).mm(w2)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad.zero_()
    return losses

# %% transposed_anew mistake="product-order" outcome="crashed" note="weights turned round"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x.mm(w1.t()).clamp(min=0).mm(w2.t())
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad.zero_()
    return losses

# %% relu_twice_anew mistake="relu-on-output" note="one activation too many"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x.mm(w1).clamp(min=0).mm(w2).clamp(min=0)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad.zero_()
    return losses

# %% return_inside_the_loop mistake="return-in-loop" note="one indentation too deep"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
        return losses

# %% no_return mistake="returns-none" note="printed the losses instead"
def train(x, y, w1, w2, lr, steps):
    for t in range(steps):
        loss = loss_fn(x, y, w1, w2)
        print(t, loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()

# %% one_step_short mistake="steps-off-by-one" note="range(1, steps)"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(1, steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% running_total mistake="total-loss-backward" outcome="crashed" note="a running total goes backward"
def train(x, y, w1, w2, lr, steps):
    losses, total = [], 0
    for _ in range(steps):
        loss = (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
        total += loss
        losses.append(loss.item())
        total.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% update_behind_the_loop mistake="update-after-loop" note="the update stands one indentation too far left"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        w1.grad = w2.grad = None
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
    with torch.no_grad():
        w1 -= lr * w1.grad
        w2 -= lr * w2.grad
    return losses

# %% only_zeroing_in_no_grad mistake="update-recorded" outcome="crashed" note="zeroing inside the block, the update before it"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        w1[...] = w1 - lr * w1.grad
        w2[...] = w2 - lr * w2.grad
        with torch.no_grad():
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% second_update_outside mistake="update-recorded" outcome="crashed" note="the indentation of one line"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
        w2 -= lr * w2.grad
        w1.grad.zero_()
        w2.grad.zero_()
    return losses

# %% sub_while_recording mistake="update-recorded" outcome="crashed" note="sub_ is in place as well"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        w1.sub_(w1.grad, alpha=lr)
        w2.sub_(w2.grad, alpha=lr)
        w1.grad = None
        w2.grad = None
    return losses

# %% update_outside_no_grad mistake="update-recorded" outcome="crashed" note="-= on a leaf while the recorder runs"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        w1 -= lr * w1.grad
        w2 -= lr * w2.grad
        w1.grad.zero_()
        w2.grad.zero_()
    return losses

# %% add_alpha mistake="uphill" note="add_ with a positive alpha"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            for w, g in zip((w1, w2), grads):
                w.add_(g, alpha=lr)
    return losses

# %% plus_equals mistake="uphill" note="+="
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 += lr * w1.grad
            w2 += lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% loop_variable_rebound mistake="weights-rebound" note="the name of the loop is bound anew"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w = w - lr * w.grad
        w1.grad.zero_()
        w2.grad.zero_()
    return losses

# %% only_first_copied mistake="weights-rebound" note="only w1 is replaced by a copy"
def train(x, y, w1, w2, lr, steps):
    w1 = w1.clone().detach().requires_grad_(True)
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        w1.data -= lr * g1
        w2.data -= lr * g2
    return losses

# %% only_second_rebound mistake="weights-rebound" note="w1 in place, w2 under a new tensor of the same name"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
        w2 = (w2 - lr * g2).detach().requires_grad_()
    return losses

# %% rebound_as_new_leaves mistake="weights-rebound" note="every step makes new leaves: the losses are right, the caller's weights never move"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        w1 = (w1 - lr * w1.grad).detach().requires_grad_()
        w2 = (w2 - lr * w2.grad).detach().requires_grad_()
    return losses

# %% rebound_in_no_grad mistake="weights-rebound" outcome="crashed" note="a new tensor under the old name; .grad is None at the next step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 = w1 - lr * w1.grad
            w2 = w2 - lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% rebound_while_recording mistake="weights-rebound" outcome="crashed" note="the new weights are computed tensors; their .grad stays None"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        w1 = w1 - lr * w1.grad
        w2 = w2 - lr * w2.grad
    return losses

# %% rebound_with_autograd_grad mistake="weights-rebound" outcome="crashed" note="the new weights do not record"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 = w1 - lr * g1
            w2 = w2 - lr * g2
    return losses

# %% rebound_with_history mistake="weights-rebound" note="a longer and longer graph; the losses are right, the caller's weights never move"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        w1 = w1 - lr * g1
        w2 = w2 - lr * g2
    return losses

# %% trained_clones mistake="weights-rebound" note="copies at the start \"so that nothing breaks\""
def train(x, y, w1, w2, lr, steps):
    w1 = w1.detach().clone().requires_grad_()
    w2 = w2.detach().clone().requires_grad_()
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% weights_made_inside mistake="weights-reinitialised" note="the whole script of the original in one function"
def train(x, y, w1, w2, lr, steps):
    w1, w2 = make_weights(x.shape[1], w1.shape[1], y.shape[1], x.dtype, x.device)
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% zeroes_the_weights mistake="weights-zeroed" note=".grad is missing from the last two lines"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.zero_()
            w2.zero_()
    return losses

# %% zeroes_weight_data mistake="weights-zeroed" note="the same through .data"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        w1.data -= lr * w1.grad
        w2.data -= lr * w2.grad
        w1.data.zero_()
        w2.data.zero_()
    return losses

# %% zero_at_the_start mistake="zeroed-before-first" outcome="crashed" note=".grad is None before the first backward"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        w1.grad.zero_()
        w2.grad.zero_()
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
    return losses

# %% zero_before_backward mistake="zeroed-before-first" outcome="crashed" note="forward first, then zeroing, then backward"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        for w in (w1, w2):
            w.grad.data.zero_()
        loss.backward()
        for w in (w1, w2):
            w.data -= lr * w.grad.data
    return losses

# %% none_before_update mistake="zeroed-too-early" outcome="crashed" note="set to None between backward and update"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        w1.grad = None
        w2.grad = None
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
    return losses

# %% zeroed_before_update mistake="zeroed-too-early" note="nothing is left for the step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        w1.grad.zero_()
        w2.grad.zero_()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
    return losses

# %% zeroed_before_update_in_loop mistake="zeroed-too-early" note="zero first inside the loop over the weights"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in [w1, w2]:
                w.grad.zero_()
                w -= lr * w.grad
    return losses

# %% capped_at_six mistake="relu-capped or other-activation or none" note="torch.nn.functional.relu6"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        loss = ((torch.nn.functional.relu6(h)) @ w2 - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% capped_at_twenty mistake="relu-capped or none" note="a ceiling at 20"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        loss = ((torch.nn.functional.hardtanh(h, 0.0, 20.0)) @ w2 - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% leaky_quarter mistake="leaky-relu or none" note="slope 0.25 below zero"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        loss = ((torch.nn.functional.leaky_relu(h, 0.25)) @ w2 - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% softplus_beta_10 mistake="other-activation or none" note="a smooth look-alike"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        loss = ((torch.nn.functional.softplus(h, beta=10)) @ w2 - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% every_second_loss mistake="losses-left-out" note="prints and stores now and then"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(x, y, w1, w2)
        if t % 2 == 0:
            losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% list_left_empty mistake="losses-not-kept" note="the list is made, and nobody fills it"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        loss_fn(x, y, w1, w2).backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad.zero_()
    return losses

# %% loss_of_each_sample mistake="loss-not-scalar" note="what is noted is a row of losses"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        each = ((x.mm(w1).clamp(min=0).mm(w2) - y) ** 2).sum(1)
        losses.append(each.detach())
        each.sum().backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad.zero_()
    return losses

# %% loss_made_anew mistake="loss-rewrapped" outcome="crashed" note="the usual repair of “does not require grad”"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        loss = torch.tensor(float(loss_fn(x, y, w1, w2)), requires_grad=True)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% max_for_maximum mistake="max-reduces" outcome="crashed" note="max with a dimension, in place of maximum"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h_relu = (x @ w1).max(0)
        loss = ((h_relu @ w2 - y) ** 2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad.zero_()
    return losses

# %% rmsprop_from_torch mistake="other-rule" note="another optimizer of the library"
def train(x, y, w1, w2, lr, steps):
    opt = torch.optim.RMSprop([w1, w2], lr=lr); losses = []
    for _ in range(steps):
        opt.zero_grad()
        loss = loss_fn(x, y, w1, w2); losses.append(float(loss))
        loss.backward(); opt.step()
    return losses

# %% scheduled_rate mistake="learning-rate-fades" note="a scheduler, as in longer trainings"
def train(x, y, w1, w2, lr, steps):
    opt = torch.optim.SGD([w1, w2], lr=lr); losses = []
    s = torch.optim.lr_scheduler.ExponentialLR(opt, 0.95)
    for _ in range(steps):
        opt.zero_grad()
        loss = loss_fn(x, y, w1, w2); losses.append(float(loss))
        loss.backward(); opt.step(); s.step()
    return losses

# %% halved_now_and_then mistake="learning-rate-fades" note="halved every other step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(x, y, w1, w2); losses.append(float(loss))
        g = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g[0]; w2 -= lr * g[1]
        if t % 2 == 1: lr = lr / 2
    return losses

# %% gradient_norm_clipped mistake="step-clipped" note="clip_grad_norm_, as in recurrent networks"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(x, y, w1, w2); losses.append(float(loss))
        loss.backward()
        torch.nn.utils.clip_grad_norm_([w1, w2], 1.0)
        with torch.no_grad():
            w1 -= lr * w1.grad; w2 -= lr * w2.grad
            w1.grad = w2.grad = None
    return losses

# %% recording_left_off mistake="recording-switched-off" note="switched off for the update, on again only at the top of the next step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for i in range(steps):
        for w in (w1, w2): w.requires_grad_(True)
        l = loss_fn(x, y, w1, w2)
        l.backward()
        losses.append(l.item())
        for w in (w1, w2):
            w.requires_grad_(False)
            w -= lr * w.grad
            w.grad = None
    return losses

# %% closure_and_groups note="an optimizer with a group for each weight, a closure, a schedule that changes nothing"
def train(x, y, w1, w2, lr, steps):
    opt = torch.optim.SGD([{"params": [w1]}, {"params": [w2]}], lr=lr)
    sched = torch.optim.lr_scheduler.LambdaLR(opt, lambda e: 1.0)
    losses = []
    def closure():
        opt.zero_grad()
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
        return loss
    for _ in range(steps):
        losses.append(opt.step(closure).item()); sched.step()
    return losses

# %% grad_and_value note="torch.func"
def train(x, y, w1, w2, lr, steps):
    f = torch.func.grad_and_value(lambda w: loss_fn(x, y, *w))
    out = []
    for _ in range(steps):
        (g1, g2), l = f((w1.detach(), w2.detach()))
        out.append(l.item())
        with torch.no_grad(): w1 -= lr * g1; w2 -= lr * g2
    return out

# %% converged mistake="stopped-early" note="stops where the loss does not change any more"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        if t > 0 and abs(losses[-2] - losses[-1]) < 1e-6:
            break
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
        w1.grad = w2.grad = None
    return losses

# %% line_of_w2_twice mistake="updated-twice" note="the line of w2 was pasted twice"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% item_itself mistake="call-missing" note="no parentheses behind item"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item)
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% scheduler_that_begins_late mistake="learning-rate-fades" note="StepLR with a hundred steps"
def train(x, y, w1, w2, lr, steps):
    opt = torch.optim.SGD([w1, w2], lr=lr)
    sched = torch.optim.lr_scheduler.StepLR(opt, step_size=100, gamma=0.5)
    losses = []
    for t in range(steps):
        opt.zero_grad()
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
        opt.step()
        sched.step()
        losses.append(loss.item())
    return losses

# %% half_of_the_rate_every_thirty mistake="learning-rate-fades" note="a schedule by hand"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        if t and t % 30 == 0:
            lr = lr * 0.5
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad = None; w2.grad = None
    return losses

# %% half_a_rate mistake="step-scaled" note="half of the rate, and the loss is whole"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= 0.5 * lr * w1.grad
            w2 -= 0.5 * lr * w2.grad
            w1.grad = None; w2.grad = None
    return losses

# %% one_weight_uphill mistake="uphill" note="the sign of one line only"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 += lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad = None; w2.grad = None
    return losses

# %% weights_returned_too mistake="too-many-results" note="hands back all it knows"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad = None; w2.grad = None
    return w1, w2, losses

# %% list_as_default mistake="losses-of-last-call" note="a default is made once"
def train(x, y, w1, w2, lr, steps, losses=[]):
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad = w2.grad = None
    return losses

# %% some_examples_a_step mistake="mini-batch" note="a batch size of its own"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        batch = torch.randperm(len(x), device=x.device)[: len(x) // 2 + (len(x) == 1)]
        loss = loss_fn(x[batch], y[batch], w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad = w2.grad = None
    return losses

# %% rate_warmed_up mistake="learning-rate-fades" note="a warm-up over ten steps"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * min(1.0, (step + 1) / 10) * w.grad
            w1.grad = w2.grad = None
    return losses

# %% rate_along_a_cosine mistake="learning-rate-fades" note="cosine annealing by hand"
def train(x, y, w1, w2, lr, steps):
    import math

    losses = []
    for step in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            rate = lr * 0.5 * (1 + math.cos(math.pi * step / steps))
            w1 -= rate * w1.grad
            w2 -= rate * w2.grad
            w1.grad = w2.grad = None
    return losses

# %% penalty_in_the_loss mistake="weight-decay" note="an L2 penalty, against overfitting"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(x, y, w1, w2) + 0.01 * (w1.pow(2).sum() + w2.pow(2).sum())
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad = w2.grad = None
    return losses

# %% rate_for_one_only mistake="no-learning-rate" note="lr is missing in one of the two lines"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= w2.grad
            w1.grad = w2.grad = None
    return losses

# %% weights_cut_at_three mistake="none" note="keeps weights within three"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.clamp_(-3, 3)
                w.grad.zero_()
    return losses

# %% cleared_every_other_step mistake="cleared-now-and-then" note="after the first of two steps"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            if step % 2 == 0:
                w1.grad.zero_()
                w2.grad.zero_()
    return losses

# %% total_through_data mistake="total-loss-backward" note="the running total goes backward, and data takes the update"
def train(x, y, w1, w2, lr, steps):
    losses = []
    total = torch.zeros((), dtype=x.dtype, device=x.device)
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        total = total + loss
        total.backward(retain_graph=True)
        with torch.no_grad():
            for w in (w1, w2):
                w.data = w - lr * w.grad
                w.grad.zero_()
    return losses

# %% stops_where_the_loss_stands_still mistake="stopped-early" note="no change, no further step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        if len(losses) > 1 and losses[-1] == losses[-2]:
            break
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad = None
    return losses

# %% first_64_rows_only mistake="mini-batch or none" note="the notebook's rows"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x[:64], y[:64], w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad = None
    return losses

# %% shaped_as_in_the_notebook mistake="sizes-fixed" outcome="crashed" note="the notebook's own sizes are written in"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad.view(1000, 100)
            w2 -= lr * w2.grad.view(100, 10)
            w1.grad = w2.grad = None
    return losses

# %% scheduler_of_200_steps mistake="learning-rate-fades" note="StepLR with 200 steps"
def train(x, y, w1, w2, lr, steps):
    optimizer = torch.optim.SGD([w1, w2], lr=lr)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=200)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        scheduler.step()
    return losses

# %% total_asked_for_its_gradients mistake="total-loss-backward" note="autograd.grad of the running total"
def train(x, y, w1, w2, lr, steps):
    losses, total = [], 0
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        total = total + loss
        g1, g2 = torch.autograd.grad(total, (w1, w2), retain_graph=True)
        w1.data.sub_(lr * g1)
        w2.data.sub_(lr * g2)
    return losses

# %% six_digits_kept mistake="rounded" note="each loss as it is printed"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(float(f"{loss.item():.6g}"))
        loss.backward()
        with torch.no_grad():
            w1.add_(w1.grad, alpha=-lr)
            w2.add_(w2.grad, alpha=-lr)
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% recording_off_for_everybody mistake="recording-switched-off" note="on again only at the start of a step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        torch.set_grad_enabled(True)
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        torch.set_grad_enabled(False)
        for w in (w1, w2):
            w -= lr * w.grad
            w.grad.zero_()
    return losses

# %% out_argument mistake="update-recorded" outcome="crashed" note="into w1, but recorded"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        torch.add(w1, w1.grad, alpha=-lr, out=w1)
        torch.add(w2, w2.grad, alpha=-lr, out=w2)
        w1.grad = w2.grad = None
    return losses

# %% cleared_from_third mistake="cleared-now-and-then" note="meant: nothing to clear in the first step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        if step > 1:  # meant: nothing to clear in the first step; step 1 keeps the gradient of step 0
            w1.grad.zero_()
            w2.grad.zero_()
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
    return losses

# %% last_loss_first mistake="order-of-results" note="each loss is put in front of the others"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.insert(0, loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad = None
    return losses
