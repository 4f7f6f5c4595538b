# %% add_with_alpha note="add_ with a negative alpha, inside no_grad"
@torch.no_grad()
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1.add_(grad_w1, alpha=-lr)
        w2.add_(grad_w2, alpha=-lr)
    return losses

# %% addcmul note="addcmul"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1.add_(grad_w1, alpha=-lr)
        w2.add_(grad_w2.mul(-lr))
    return losses

# %% addmm_in_place note="gradient and update in one addmm_, w1 first because it needs the old w2"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        r = torch.relu(h)
        d = r @ w2 - y
        losses.append(torch.sum(d * d).item())
        back = (d @ w2.t()).masked_fill(h <= 0, 0)
        w1.addmm_(x.t(), back, alpha=-2 * lr)
        w2.addmm_(r.t(), d, alpha=-2 * lr)
    return losses

# %% all_by_itself note="the loop of the original, with the right mask"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        h_relu = h.clamp(min=0)
        y_pred = h_relu.mm(w2)
        losses.append((y_pred - y).pow(2).sum().item())
        grad_y_pred = 2 * (y_pred - y)
        grad_w2 = h_relu.t().mm(grad_y_pred)
        grad_h = grad_y_pred.mm(w2.t())
        grad_h[h < 0] = 0
        grad_w1 = x.t().mm(grad_h)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% copy_back note="computed under new names, copied back at each step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        new_w1 = w1 - lr * grad_w1
        new_w2 = w2 - lr * grad_w2
        w1.copy_(new_w1)
        w2.copy_(new_w2)
    return losses

# %% copy_underscore note="copy underscore"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1.copy_(w1 - lr * grad_w1)
        w2.copy_(w2 - lr * grad_w2)
    return losses

# %% data_minus note="data minus"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1.data -= lr * grad_w1
        w2.data.sub_(grad_w2, alpha=lr)
    return losses

# %% slice_assignment_and_tensors note="w[:] =, and the losses as 0-d tensors"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(((y_pred - y) ** 2).sum())
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1[:] = w1 - lr * grad_w1
        w2[...] = w2 - lr * grad_w2
    return losses

# %% step_function_and_tuple note="one step as an inner function, torch.sub with out=, a tuple"
def train(x, y, w1, w2, lr, steps):
    def step():
        h, h_relu, y_pred = forward(x, w1, w2)
        grads = backward(x, y, w2, h, h_relu, y_pred)
        torch.sub(w1, lr * grads[-1], out=w1)
        torch.sub(w2, lr * grads[1], out=w2)
        return loss_fn(y_pred, y)

    return tuple(step() for _ in range(steps))

# %% sub_in_place note="sub_ and mul"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w2.sub_(grad_w2.mul(lr))
        w1.sub_(grad_w1.mul(lr))
    return losses

# %% tensor_of_losses note="a tensor of losses, filled in"
def train(x, y, w1, w2, lr, steps):
    losses = torch.zeros(steps, dtype=x.dtype, device=x.device)
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses[step] = loss_fn(y_pred, y)
        grads = backward(x, y, w2, h, h_relu, y_pred)
        for weight, grad in zip((w1, w2), (grads[4], grads[1])):
            weight.data -= lr * grad
    return losses

# %% two_minus_signs note="y - y_pred and +=: two signs that cancel"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        h_relu = torch.relu(h)
        error = y - h_relu.mm(w2)
        losses.append(error.pow(2).sum().item())
        down_w1 = x.t().mm(2 * error.mm(w2.t()) * (h > 0))
        down_w2 = h_relu.t().mm(2 * error)
        w1 += lr * down_w1
        w2 += lr * down_w2
    return losses

# %% with_earlier_functions note="the plain way"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% with_autograd mistake="autograd-used" outcome="refused" note="the third way already"
def train(x, y, w1, w2, lr, steps):
    w1.requires_grad_()
    w2.requires_grad_()
    losses = []
    for _ in range(steps):
        loss = (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses

# %% with_optimizer mistake="autograd-used" outcome="refused" note="SGD of the library on the given tensors"
def train(x, y, w1, w2, lr, steps):
    weights = [w1.requires_grad_(), w2.requires_grad_()]
    optimizer = torch.optim.SGD(weights, lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = (torch.relu(x @ w1) @ w2 - y).pow(2).sum()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% computed_in_single mistake="dtype-changed" note="half of the digits, \"for speed\""
def train(x, y, w1, w2, lr, steps):
    x, y = x.float(), y.float()
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1.float(), w2.float())
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2.float(), h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses

# %% zeros_in_double mistake="dtype-changed" outcome="crashed" note="zeros in double precision, whatever the inputs are"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        h_relu = torch.maximum(h, torch.zeros(h.shape, dtype=torch.float64, device=h.device))
        y_pred = h_relu.mm(w2)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses

# %% forward_before_the_loop mistake="forward-outside-loop" note="one forward pass for all steps"
def train(x, y, w1, w2, lr, steps):
    losses = []
    h, h_relu, y_pred = forward(x, w1, w2)
    for _ in range(steps):
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% trains_the_notebooks_weights mistake="global-not-argument" note="the step works on the notebook's tensors"
def one_step(lr):
    h, h_relu, y_pred = forward(x, w1, w2)
    _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
    w1.sub_(lr * grad_w1)
    w2.sub_(lr * grad_w2)
    return loss_fn(y_pred, y)


def train(x, y, w1, w2, lr, steps):
    return [one_step(lr) for _ in range(steps)]

# %% loop_overwrites_h mistake="h-overwritten" note="clamp_ on h, then the mask finds nothing: numbers of no mask"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        h_relu = h.clamp_(min=0)
        d = h_relu.mm(w2) - y
        losses.append(d.pow(2).sum().item())
        grad_h = 2 * d.mm(w2.t())
        grad_h[h < 0] = 0
        w2 -= lr * 2 * h_relu.t().mm(d)
        w1 -= lr * x.t().mm(grad_h)
    return losses

# %% target_overwritten mistake="inputs-changed" note="sub_ on y in every step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        y.sub_(y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% only_the_last_loss mistake="last-loss-only" note="one number"
def train(x, y, w1, w2, lr, steps):
    loss = None
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        loss = loss_fn(y_pred, y)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return loss

# %% loss_after_the_update mistake="loss-after-update" note="the loss once more after the step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
        losses.append(loss_fn(forward(x, w1, w2)[2], y))
    return losses

# %% loss_of_each_sample mistake="loss-not-scalar" note="a vector of losses at each step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append((y_pred - y).pow(2).sum(1))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% learning_rate_written_in mistake="lr-ignored" note="1e-6 as a number"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= 1e-6 * grad_w1
        w2 -= 1e-6 * grad_w2
    return losses

# %% original_mask mistake="mask-from-gradient-sign" note="the original's loop"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for i in range(steps):
        h = x.mm(w1)
        h_relu = torch.clamp(h, min=0)
        y_pred = h_relu.mm(w2)
        losses.append((y_pred - y).pow(2).sum().item())
        grad_y_pred = 2 * (y_pred - y)
        grad_w2 = h_relu.t().mm(grad_y_pred)
        grad_h_relu = grad_y_pred.mm(w2.t())
        grad_h = grad_h_relu.clone()
        grad_h[grad_h < 0] = 0
        grad_w1 = x.t().mm(grad_h)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% library_loss_mean mistake="mean-not-sum" note="the library's default loss for the list, the weights are right"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(torch.nn.functional.mse_loss(y_pred, y).item())
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% mean_in_loss_and_gradient mistake="mean-not-sum" note="both averaged"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        h_relu = h.clamp(min=0)
        d = h_relu.mm(w2) - y
        losses.append(d.pow(2).mean().item())
        grad = 2 * d / d.numel()
        grad_w1 = x.t().mm(grad.mm(w2.t()) * (h > 0))
        w2 -= lr * h_relu.t().mm(grad)
        w1 -= lr * grad_w1
    return losses

# %% missing_two mistake="missing-factor-2" note="the loop by itself, the 2 forgotten"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        h_relu = h.clamp(min=0)
        d = h_relu.mm(w2) - y
        losses.append(d.pow(2).sum().item())
        grad_w2 = h_relu.t().mm(d)
        grad_w1 = x.t().mm(d.mm(w2.t()) * (h > 0))
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% update_through_a_view mistake="needs-contiguous" note="view wants its numbers in one row in memory; reshape does not"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1.view(-1).sub_(lr * g1.reshape(-1))
        w2.view(-1).sub_(lr * g2.reshape(-1))
    return losses

# %% whole_gradient mistake="no-learning-rate" note="lr never used"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1.sub_(grad_w1)
        w2.sub_(grad_w2)
    return losses

# %% loop_without_gate mistake="no-mask" note="the loop by itself, gate forgotten"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        h_relu = h.clamp(min=0)
        d = h_relu.mm(w2) - y
        losses.append(d.pow(2).sum().item())
        grad_w2 = 2 * h_relu.t().mm(d)
        grad_w1 = 2 * x.t().mm(d.mm(w2.t()))
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% loop_variable_rebound mistake="no-update" note="the loop over both weights only renames its variable"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        for w, g in ((w1, grad_w1), (w2, grad_w2)):
            w = w - lr * g
    return losses

# %% sub_without_underscore mistake="no-update" note=".sub gives a new tensor that nobody keeps"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1.sub(lr * grad_w1)
        w2.sub(lr * grad_w2)
    return losses

# %% mixed_precision mistake="none" note="autocast makes bfloat16 of float32"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            h = x.mm(w1).to(x.dtype)
            h_relu = h.clamp(min=0)
            y_pred = h_relu.mm(w2).to(x.dtype)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses

# %% squeezed_inputs mistake="axis-squeezed" outcome="crashed" note="squeeze takes away every axis of length 1"
def train(x, y, w1, w2, lr, steps):
    x = x.squeeze()
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses

# %% only_w1 mistake="one-weight-only" note="w2 never moves"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        w1 -= lr * backward(x, y, w2, h, h_relu, y_pred)[4]
    return losses

# %% return_in_the_loop mistake="return-in-loop" note="one step only"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
        return losses

# %% printed_only mistake="returns-none" note="losses are printed"
def train(x, y, w1, w2, lr, steps):
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        print(step, loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2

# %% one_sample_at_a_time mistake="sample-by-sample" note="an update after each sample"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        losses.append(loss_fn(forward(x, w1, w2)[2], y))
        for i in range(len(x)):
            xi, yi = x[i : i + 1], y[i : i + 1]
            h, h_relu, y_pred = forward(xi, w1, w2)
            _, grad_w2, _, _, grad_w1 = backward(xi, yi, w2, h, h_relu, y_pred)
            w1 -= lr * grad_w1
            w2 -= lr * grad_w2
    return losses

# %% five_hundred_steps mistake="steps-ignored" note="500 steps written in"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(500):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% steps_from_one mistake="steps-off-by-one" note="a step short"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(1, steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% update_after_the_loop mistake="update-after-loop" note="update lines not indented"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        grads = backward(x, y, w2, h, h_relu, y_pred)
    w1 -= lr * grads[4]
    w2 -= lr * grads[1]
    return losses

# %% add_without_minus mistake="uphill" note="add_ with a positive alpha"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        grads = backward(x, y, w2, h, h_relu, y_pred)
        w1.add_(grads[4], alpha=lr)
        w2.add_(grads[1], alpha=lr)
    return losses

# %% plus_for_minus mistake="uphill" note="+="
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 += lr * grad_w1
        w2 += lr * grad_w2
    return losses

# %% w2_moves_too_early mistake="w2-updated-first" note="w2 is updated before its use for w1"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        h_relu = h.clamp(min=0)
        y_pred = h_relu.mm(w2)
        losses.append((y_pred - y).pow(2).sum().item())
        grad_y_pred = 2 * (y_pred - y)
        w2 -= lr * h_relu.t().mm(grad_y_pred)
        grad_h = grad_y_pred.mm(w2.t()) * (h > 0)
        w1 -= lr * x.t().mm(grad_h)
    return losses

# %% clones_at_the_top mistake="weights-rebound" note="trains on clones"
def train(x, y, w1, w2, lr, steps):
    w1, w2 = w1.clone(), w2.clone()
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% new_names mistake="weights-rebound" note="w1 = w1 - ..."
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 = w1 - lr * grad_w1
        w2 = w2 - lr * grad_w2
    return losses

# %% only_w2_rebound mistake="weights-rebound" note="w1 moves in place, w2 gets a new name"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * g1
        w2 = w2 - lr * g2
    return losses

# %% trained_in_numpy mistake="weights-rebound" note="trained on NumPy copies, the tensors never learn of it"
def train(x, y, w1, w2, lr, steps):
    x, y, w1, w2 = [np.array(t.tolist()) for t in (x, y, w1, w2)]
    losses = []
    for _ in range(steps):
        h = x.dot(w1)
        h_relu = np.maximum(0, h)
        d = h_relu.dot(w2) - y
        losses.append(float((d * d).sum()))
        grad_w1 = 2 * x.T.dot(d.dot(w2.T) * (h > 0))
        grad_w2 = 2 * h_relu.T.dot(d)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% fresh_weights mistake="weights-reinitialised" note="fresh weights at the top"
def train(x, y, w1, w2, lr, steps):
    w1.normal_()
    w2.normal_()
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% capped_at_twenty mistake="relu-capped or none" note="a ceiling at 20"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        a = torch.nn.functional.hardtanh(h, 0.0, 20.0)
        p = a @ w2
        losses.append(((p - y) ** 2).sum().item())
        g = 2 * (p - y)
        gw2 = a.T @ g
        gw1 = x.T @ ((g @ w2.T) * (h > 0))
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% leaky_hundredth mistake="leaky-relu or none" note="slope 0.01 below zero"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        a = torch.nn.functional.leaky_relu(h)
        p = a @ w2
        losses.append(((p - y) ** 2).sum().item())
        g = 2 * (p - y)
        gw2 = a.T @ g
        gw1 = x.T @ ((g @ w2.T) * (h > 0))
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% gelu mistake="other-activation or none" note="a smooth look-alike"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        a = torch.nn.functional.gelu(h)
        p = a @ w2
        losses.append(((p - y) ** 2).sum().item())
        g = 2 * (p - y)
        gw2 = a.T @ g
        gw1 = x.T @ ((g @ w2.T) * (h > 0))
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% w1_then_all_anew mistake="w1-updated-first" note="a forward pass between the two updates"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        w1 -= lr * backward(x, y, w2, h, h_relu, y_pred)[4]
        h, h_relu, y_pred = forward(x, w1, w2)
        w2 -= lr * backward(x, y, w2, h, h_relu, y_pred)[1]
    return losses

# %% half_of_the_rate_every_fifty mistake="learning-rate-fades" note="a schedule written as a power"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, gw2, _, _, gw1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * 0.5 ** (t // 50) * gw1
        w2 -= lr * 0.5 ** (t // 50) * gw2
    return losses

# %% first_64_rows_only mistake="mini-batch" note="one batch of 64"
def train(x, y, w1, w2, lr, steps):
    losses = []
    batch = 64
    xb, yb = x[:batch], y[:batch]
    for _ in range(steps):
        h, h_relu, y_pred = forward(xb, w1, w2)
        losses.append(loss_fn(y_pred, yb))
        _, grad_w2, _, _, grad_w1 = backward(xb, yb, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% best_weights_back mistake="best-weights-restored" note="puts back the best, where the end is worse"
def train(x, y, w1, w2, lr, steps):
    losses = []
    best, best_w = float("inf"), None
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        if losses[-1] < best:
            best, best_w = losses[-1], (w1.clone(), w2.clone())
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    if best_w is not None and loss_fn(forward(x, w1, w2)[2], y) > best:
        w1.copy_(best_w[0])
        w2.copy_(best_w[1])
    return losses

# %% rate_halved_where_it_rises mistake="learning-rate-fades" note="half the rate when the loss goes up"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        if len(losses) > 1 and losses[-1] > losses[-2]:
            lr = lr / 2
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% one_update_more mistake="steps-off-by-one" note="one step too many, and its loss cut off"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps + 1):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses[:steps]

# %% rate_over_the_steps mistake="step-scaled" note="the rate is shared by the steps"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr / steps * grad_w1
        w2 -= lr / steps * grad_w2
    return losses

# %% rate_over_the_root_of_the_step mistake="learning-rate-fades" note="as in proofs of convergence"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(1, steps + 1):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr / step**0.5 * g1
        w2 -= lr / step**0.5 * g2
    return losses

# %% batches_of_sixteen mistake="sample-by-sample" note="an update after every 16 rows"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        epoch_loss = 0.0
        for xb, yb in zip(x.split(16), y.split(16)):
            h, h_relu, y_pred = forward(xb, w1, w2)
            epoch_loss += loss_fn(y_pred, yb)
            _, grad_w2, _, _, grad_w1 = backward(xb, yb, w2, h, h_relu, y_pred)
            w1 -= lr * grad_w1
            w2 -= lr * grad_w2
        losses.append(epoch_loss)
    return losses
