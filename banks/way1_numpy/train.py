# %% all_by_itself note="nothing from above: the loop of the original, with the right mask"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.dot(w1)
        h_relu = np.maximum(0, h)
        y_pred = h_relu.dot(w2)
        losses.append(np.square(y_pred - y).sum())
        grad_y_pred = 2 * (y_pred - y)
        grad_w2 = h_relu.T.dot(grad_y_pred)
        grad_h = grad_y_pred.dot(w2.T)
        grad_h[h < 0] = 0
        grad_w1 = x.T.dot(grad_h)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% array_of_losses note="a NumPy array, made first and filled in"
def train(x, y, w1, w2, lr, steps):
    losses = np.zeros(steps)
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses[step] = loss_fn(y_pred, y)
        grads = backward(x, y, w2, h, h_relu, y_pred)
        for weight, grad in ((w1, grads[4]), (w2, grads[1])):
            weight -= lr * grad
    return losses

# %% inner_function note="one step as a function, a list comprehension around it"
def train(x, y, w1, w2, lr, steps):
    def step():
        h, h_relu, y_pred = forward(x, w1, w2)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1[:] -= lr * grad_w1
        w2[:] -= lr * grad_w2
        return float(loss_fn(y_pred, y))

    return [step() for _ in range(steps)]

# %% minus_twice note="y - y_pred and a plus: two signs that cancel"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = np.where(h > 0, h, 0)
        error = y - h_relu @ w2
        losses.append(np.vdot(error, error))
        down_w2 = 2 * h_relu.T @ error
        down_w1 = 2 * x.T @ ((error @ w2.T) * (h > 0))
        w1 += lr * down_w1
        w2 += lr * down_w2
    return losses

# %% other_order_of_updates note="w2 first, once both gradients are there"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        gradients = backward(x, y, w2, h, h_relu, y_pred)
        w2 -= lr * gradients[1]
        w1 -= lr * gradients[-1]
    return losses

# %% own_h_overwritten_after_mask note="h is overwritten, but the mask was taken before"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        on = h > 0
        h *= on
        grad = h @ w2
        grad -= y
        losses.append(float((grad * grad).sum()))
        grad *= 2
        g1 = x.T @ (on * (grad @ w2.T))
        w2 += -lr * (h.T @ grad)
        w1 += -lr * g1
    return losses

# %% recursion note="recursion"
def train(x, y, w1, w2, lr, steps):
    if steps == 0:
        return []
    h, h_relu, y_pred = forward(x, w1, w2)
    loss = float(loss_fn(y_pred, y))
    _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
    w1 -= lr * g1
    w2 -= lr * g2
    return [loss, *train(x, y, w1, w2, lr, steps - 1)]

# %% slice_assignment note="w[...] = on the caller's arrays"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(np.sum((y_pred - y) ** 2)))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1[...] = w1 - lr * g1
        w2[:] = w2 - lr * g2
    return losses

# %% subtract_out note="np.subtract with out="
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        np.subtract(w1, lr * g1, out=w1)
        np.subtract(w2, lr * g2, out=w2)
    return losses

# %% w1_before_gradient_of_w2 note="w1 moves before w2's gradient, which does not need w1: right all the same"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        r = np.maximum(h, 0)
        d = r @ w2 - y
        losses.append((d**2).sum())
        w1 -= lr * 2 * x.T @ ((d @ w2.T) * (h > 0))
        w2 -= lr * 2 * r.T @ d
    return losses

# %% while_loop_and_tuple note="a while loop, copies inside, written back at the end, a tuple"
def train(x, y, w1, w2, lr, steps):
    v1, v2 = w1.copy(), w2.copy()
    losses = ()
    done = 0
    while done < steps:
        h, h_relu, y_pred = forward(x, v1, v2)
        losses += (float(loss_fn(y_pred, y)),)
        _, g2, _, _, g1 = backward(x, y, v2, h, h_relu, y_pred)
        v1 = v1 - lr * g1
        v2 = v2 - lr * g2
        done += 1
    np.copyto(w1, v1)
    np.copyto(w2, v2)
    return losses

# %% with_earlier_functions note="the plain way: forward, loss_fn, backward from above"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% gradients_averaged mistake="batch-mean" note="the losses are sums, the step is averaged over the batch"
def train(x, y, w1, w2, lr, steps):
    n = len(x)
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1 / n
        w2 -= lr * grad_w2 / n
    return losses

# %% computed_in_single mistake="dtype-changed" note="half of the digits, \"for speed\""
def train(x, y, w1, w2, lr, steps):
    x, y = x.astype(np.float32), y.astype(np.float32)
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1.astype(np.float32), w2.astype(np.float32))
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2.astype(np.float32), h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses

# %% forward_before_the_loop mistake="forward-outside-loop" note="forward and backward once, then the same step again and again"
def train(x, y, w1, w2, lr, steps):
    losses = []
    h, h_relu, y_pred = forward(x, w1, w2)
    _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
    for _ in range(steps):
        losses.append(float(loss_fn(y_pred, y)))
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% prediction_before_the_loop mistake="forward-outside-loop" note="the prediction is made once, the gradients in the loop"
def train(x, y, w1, w2, lr, steps):
    h, h_relu, y_pred = forward(x, w1, w2)
    losses = []
    for _ in range(steps):
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% trains_the_notebooks_weights mistake="global-not-argument" note="a step function that knows the notebook's arrays only"
def one_step(lr):
    global w1, w2
    h, h_relu, y_pred = forward(x, w1, w2)
    _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
    w1 = w1 - lr * grad_w1
    w2 = w2 - lr * grad_w2
    return float(loss_fn(y_pred, y))


def train(x, y, w1, w2, lr, steps):
    return [one_step(lr) for _ in range(steps)]

# %% loop_overwrites_h mistake="h-overwritten" note="h changed in place, then asked where it is negative: same numbers as no mask"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = np.maximum(h, 0, out=h)
        d = h_relu @ w2 - y
        losses.append((d * d).sum())
        grad_w2 = 2 * h_relu.T @ d
        grad_h = 2 * d @ w2.T
        grad_h[h < 0] = 0
        grad_w1 = x.T @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% data_scaled_first mistake="inputs-changed" note="x is scaled in place before the loop"
def train(x, y, w1, w2, lr, steps):
    x /= np.abs(x).max()
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% target_overwritten mistake="inputs-changed" note="weights and losses of the first step are right, y is gone afterwards"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        y -= y_pred
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% list_made_in_the_loop mistake="last-loss-only" note="the list is emptied at every step"
def train(x, y, w1, w2, lr, steps):
    for _ in range(steps):
        losses = []
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% only_the_last_loss mistake="last-loss-only" note="the final loss is what counts"
def train(x, y, w1, w2, lr, steps):
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        loss = float(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return loss

# %% loss_after_the_update mistake="loss-after-update" note="the loss is taken once more after the step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
        y_pred = forward(x, w1, w2)[2]
        losses.append(float(loss_fn(y_pred, y)))
    return losses

# %% loss_for_each_sample mistake="loss-not-scalar" note="a vector of losses at each step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(((y_pred - y) ** 2).sum(axis=1))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% learning_rate_set_again mistake="lr-ignored" note="lr is set anew at the top"
def train(x, y, w1, w2, lr, steps):
    lr = 1e-6
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        grads = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grads[4]
        w2 -= lr * grads[1]
    return losses

# %% learning_rate_written_in mistake="lr-ignored" note="the notebook's 1e-6 as a number"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= 1e-6 * grad_w1
        w2 -= 1e-6 * grad_w2
    return losses

# %% original_mask mistake="mask-from-gradient-sign" note="the original's loop, word for word"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for i in range(steps):
        h = x.dot(w1)
        h_relu = np.maximum(0, h)
        y_pred = h_relu.dot(w2)
        loss = np.square(y_pred - y).sum()
        losses.append(loss)
        grad_y_pred = 2 * (y_pred - y)
        grad_w2 = h_relu.T.dot(grad_y_pred)
        grad_h_relu = grad_y_pred.dot(w2.T)
        grad_h = grad_h_relu.copy()
        grad_h[grad_h < 0] = 0
        grad_w1 = x.T.dot(grad_h)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% mean_in_loss_and_gradient mistake="mean-not-sum" note="loss and gradient averaged, at least they agree"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(np.mean((y_pred - y) ** 2))
        grad_y_pred = 2 * (y_pred - y) / y.size
        grad_w2 = h_relu.T @ grad_y_pred
        grad_w1 = x.T @ ((grad_y_pred @ w2.T) * (h > 0))
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% mean_of_the_loss_only mistake="mean-not-sum" note="the mean is only written down, the weights are right"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)) / y.size)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% loop_without_two mistake="missing-factor-2" note="the loop by itself, the 2 forgotten"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = np.maximum(h, 0)
        d = h_relu @ w2 - y
        losses.append((d * d).sum())
        grad_w2 = h_relu.T @ d
        grad_w1 = x.T @ ((d @ w2.T) * (h > 0))
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% update_by_shape mistake="needs-contiguous" note="reshape of what is not in one row in memory is a copy: the update goes into the copy"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1.reshape(-1)[:] -= lr * g1.reshape(-1)
        w2.reshape(-1)[:] -= lr * g2.reshape(-1)
    return losses

# %% subtract_whole_gradient mistake="no-learning-rate" note="np.subtract, and lr never read"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        r = np.maximum(h, 0)
        d = r @ w2 - y
        losses.append((d**2).sum())
        g2 = 2 * r.T @ d
        g1 = 2 * x.T @ ((d @ w2.T) * (h > 0))
        np.subtract(w1, g1, out=w1)
        np.subtract(w2, g2, out=w2)
    return losses

# %% whole_gradient mistake="no-learning-rate" note="the step is the gradient itself"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= grad_w1
        w2 -= grad_w2
    return losses

# %% loop_without_gate mistake="no-mask" note="the loop by itself, gate forgotten"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = np.maximum(h, 0)
        d = h_relu @ w2 - y
        losses.append((d * d).sum())
        grad_w2 = h_relu.T @ (2 * d)
        grad_w1 = x.T @ (2 * d @ w2.T)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% no_update_at_all mistake="no-update" note="losses and gradients, but nothing is learned"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        backward(x, y, w2, h, h_relu, y_pred)
    return losses

# %% bytes_read_as_double mistake="none" outcome="crashed" note="frombuffer takes bytes for double precision if nobody says otherwise"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        d = np.frombuffer((y_pred - y).tobytes(), count=y.size)
        losses.append(float(np.sum(d**2)))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses

# %% shuffled_targets mistake="none" note="the samples are shuffled, their targets are not"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        mixed = x[::-1]
        h, h_relu, y_pred = forward(mixed, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(mixed, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% squeezed_inputs mistake="axis-squeezed" outcome="crashed" note="squeeze takes away every axis of length 1"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.squeeze() @ w1
        h_relu = np.maximum(h, 0)
        y_pred = h_relu @ w2
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses

# %% only_w1 mistake="one-weight-only" note="the line for w2 is missing"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        grad_w1 = backward(x, y, w2, h, h_relu, y_pred)[-1]
        w1 -= lr * grad_w1
    return losses

# %% only_w2 mistake="one-weight-only" note="the line for w1 is missing"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        grad_w2 = backward(x, y, w2, h, h_relu, y_pred)[1]
        w2 -= lr * grad_w2
    return losses

# %% gradients_crossed mistake="order-of-results" outcome="crashed" note="the five results unpacked in another order"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w1, _, _, grad_w2 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% return_in_the_loop mistake="return-in-loop" note="the return is indented too far: one step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
        return losses

# %% losses_not_returned mistake="returns-none" note="the losses are printed"
def train(x, y, w1, w2, lr, steps):
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        if step % 50 == 0:
            print(step, loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2

# %% sample_by_sample mistake="sample-by-sample" note="an update after each sample"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        losses.append(float(loss_fn(forward(x, w1, w2)[2], y)))
        for i in range(len(x)):
            xi, yi = x[i : i + 1], y[i : i + 1]
            h, h_relu, y_pred = forward(xi, w1, w2)
            _, grad_w2, _, _, grad_w1 = backward(xi, yi, w2, h, h_relu, y_pred)
            w1 -= lr * grad_w1
            w2 -= lr * grad_w2
    return losses

# %% hundred_steps_written_in mistake="steps-ignored" note="100 steps, as in the notebook's plot"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(100):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% single_step mistake="steps-ignored" note="range(1) of the original"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for i in range(1):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% one_step_more mistake="steps-off-by-one" note="steps + 1, so that the last loss is seen too"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps + 1):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% steps_from_one mistake="steps-off-by-one" note="range(1, steps) is a step short"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(1, steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% update_after_the_loop mistake="update-after-loop" note="the two update lines are not indented"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
    w1 -= lr * grad_w1
    w2 -= lr * grad_w2
    return losses

# %% double_minus mistake="uphill" note="-= with a minus in front of lr"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        grads = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= -lr * grads[4]
        w2 -= -lr * grads[1]
    return losses

# %% plus_for_minus mistake="uphill" note="+= in both updates"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 += lr * grad_w1
        w2 += lr * grad_w2
    return losses

# %% target_minus_prediction mistake="uphill" note="the difference the other way round: same numbers as +="
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.dot(w1)
        h_relu = np.maximum(0, h)
        y_pred = h_relu.dot(w2)
        losses.append(np.square(y_pred - y).sum())
        grad_y_pred = 2 * (y - y_pred)
        grad_w2 = h_relu.T.dot(grad_y_pred)
        grad_h = grad_y_pred.dot(w2.T) * (h > 0)
        grad_w1 = x.T.dot(grad_h)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% backward_called_twice mistake="w2-updated-first" note="backward once for each weight, the second with the new w2"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        w2 -= lr * backward(x, y, w2, h, h_relu, y_pred)[1]
        w1 -= lr * backward(x, y, w2, h, h_relu, y_pred)[4]
    return losses

# %% w2_moves_too_early mistake="w2-updated-first" note="w2 is updated as soon as its gradient is there"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.dot(w1)
        h_relu = np.maximum(0, h)
        y_pred = h_relu.dot(w2)
        losses.append(np.square(y_pred - y).sum())
        grad_y_pred = 2 * (y_pred - y)
        grad_w2 = h_relu.T.dot(grad_y_pred)
        w2 -= lr * grad_w2
        grad_h_relu = grad_y_pred.dot(w2.T)
        grad_h = grad_h_relu * (h > 0)
        grad_w1 = x.T.dot(grad_h)
        w1 -= lr * grad_w1
    return losses

# %% copies_at_the_top mistake="weights-rebound" note="careful copies, so the caller never sees the training"
def train(x, y, w1, w2, lr, steps):
    w1, w2 = w1.copy(), w2.copy()
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% loop_variable_rebound mistake="weights-rebound" note="a loop over both weights that only renames"
def train(x, y, w1, w2, lr, steps):
    weights = [np.array(w1), np.array(w2)]
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, *weights)
        losses.append(float(loss_fn(y_pred, y)))
        grads = backward(x, y, weights[1], h, h_relu, y_pred)
        weights = [w - lr * g for w, g in zip(weights, (grads[4], grads[1]))]
    return losses

# %% new_names mistake="weights-rebound" note="w1 = w1 - ... makes a new array"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 = w1 - lr * grad_w1
        w2 = w2 - lr * grad_w2
    return losses

# %% one_in_place_one_rebound mistake="weights-rebound" note="w1 in place, w2 by a new name: losses right, the caller's w2 never moves"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 = w2 - lr * grad_w2
    return losses

# %% weights_drawn_again mistake="weights-reinitialised" note="fresh weights at the top, so every run starts anew"
def train(x, y, w1, w2, lr, steps):
    rng = np.random.default_rng(1)
    w1[:] = rng.standard_normal(w1.shape)
    w2[:] = rng.standard_normal(w2.shape)
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% losses_kept_in_float32 note="the record has half the digits; the training has all"
def train(x, y, w1, w2, lr, steps):
    losses = np.zeros(steps, dtype=np.float32)
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses[step] = loss_fn(y_pred, y)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% capped_at_six mistake="relu-capped or other-activation or none" note="torch.nn.functional.relu6"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        a = np.clip(h, 0, 6)
        p = a @ w2
        losses.append(((p - y) ** 2).sum())
        g = 2 * (p - y)
        gw2 = a.T @ g
        gw1 = x.T @ ((g @ w2.T) * (h > 0))
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% capped_at_twenty mistake="relu-capped or none" note="a ceiling at 20"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        a = np.clip(h, 0, 20)
        p = a @ w2
        losses.append(((p - y) ** 2).sum())
        g = 2 * (p - y)
        gw2 = a.T @ g
        gw1 = x.T @ ((g @ w2.T) * (h > 0))
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% leaky_quarter mistake="leaky-relu or none" note="slope 0.25 below zero"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        a = np.where(h > 0, h, 0.25 * h)
        p = a @ w2
        losses.append(((p - y) ** 2).sum())
        g = 2 * (p - y)
        gw2 = a.T @ g
        gw1 = x.T @ ((g @ w2.T) * (h > 0))
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% softplus_beta_10 mistake="other-activation or none" note="a smooth look-alike"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        a = np.logaddexp(0, 10 * h) / 10
        p = a @ w2
        losses.append(((p - y) ** 2).sum())
        g = 2 * (p - y)
        gw2 = a.T @ g
        gw1 = x.T @ ((g @ w2.T) * (h > 0))
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% random_batches mistake="none" note="a random batch in each step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        idx = np.random.randint(0, len(x), 4)
        h, a, p = forward(x[idx], w1, w2)
        losses.append(loss_fn(p, y[idx]))
        g = backward(x[idx], y[idx], w2, h, a, p)
        w1 -= lr * g[-1]; w2 -= lr * g[1]
    return losses

# %% rate_times_a_factor mistake="learning-rate-fades" note="lr *= 0.99 at the end of each step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, a, p = forward(x, w1, w2)
        losses.append(loss_fn(p, y))
        g = backward(x, y, w2, h, a, p)
        w1 -= lr * g[-1]; w2 -= lr * g[1]
        lr *= 0.99
    return losses

# %% deque_of_losses note="a deque is as good as a list"
from collections import deque
def train(x, y, w1, w2, lr, steps):
    losses = deque()
    for t in range(steps):
        h, a, p = forward(x, w1, w2)
        losses.append(loss_fn(p, y))
        g = backward(x, y, w2, h, a, p)
        w1 -= lr * g[-1]; w2 -= lr * g[1]
    return losses

# %% tenth_of_the_rate_every_hundred mistake="learning-rate-fades" note="a schedule that begins late"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        if t > 0 and t % 100 == 0:
            lr /= 10
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, gw2, _, _, gw1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% stops_on_a_plateau mistake="stopped-early" note="patience that ends after twenty steps"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        if t > 20 and abs(losses[-1] - losses[-2]) < 0.5 * losses[-1]:
            break
        _, gw2, _, _, gw1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% half_of_the_batch mistake="mini-batch" note="a batch size of its own"
def train(x, y, w1, w2, lr, steps):
    losses = []
    batch = max(1, len(x) // 2)
    for t in range(steps):
        xb, yb = x[:batch], y[:batch]
        h, h_relu, y_pred = forward(xb, w1, w2)
        losses.append(loss_fn(y_pred, yb))
        _, gw2, _, _, gw1 = backward(xb, yb, w2, h, h_relu, y_pred)
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% in_a_loop_and_once_more mistake="updated-twice" note="a loop over both weights, and the old lines below it"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, gw2, _, _, gw1 = backward(x, y, w2, h, h_relu, y_pred)
        for w, g in ((w1, gw1), (w2, gw2)):
            w -= lr * g
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% rate_doubled mistake="step-scaled" note="a factor beside the learning rate"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, gw2, _, _, gw1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= 2 * lr * gw1
        w2 -= 2 * lr * gw2
    return losses

# %% running_mean_of_losses mistake="losses-added-up" note="a smooth curve"
def train(x, y, w1, w2, lr, steps):
    losses, total = [], 0
    for t in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        total += loss_fn(y_pred, y)
        losses.append(total / (t + 1))
        _, gw2, _, _, gw1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% first_step_looks_only mistake="update-left-out" note="the first loss is noted and nothing moves"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        if t == 0:
            continue
        _, gw2, _, _, gw1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% last_update_left_out mistake="update-left-out" note="the loop ends with the last loss"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        if t == steps - 1:
            break
        _, gw2, _, _, gw1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% nothing_after_ten_steps mistake="none or learning-rate-fades" note="trains only a little"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        if t < 10:
            _, gw2, _, _, gw1 = backward(x, y, w2, h, h_relu, y_pred)
            w1 -= lr * gw1
            w2 -= lr * gw2
    return losses

# %% rate_over_the_root_of_the_step mistake="learning-rate-fades" note="as in proofs of convergence"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        rate = lr / np.sqrt(t + 1)
        w1 -= rate * grad_w1
        w2 -= rate * grad_w2
    return losses

# %% rate_cut_once mistake="learning-rate-fades" note="a tenth from step 50 on"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        if t == 50:
            lr = lr / 10
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% equal_losses_once mistake="losses-left-out" note="what is in the list is not noted again"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        loss = loss_fn(y_pred, y)
        if loss not in losses:
            losses.append(loss)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% every_tenth_loss_later mistake="losses-left-out" note="all of the first ten, then one in ten"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        loss = loss_fn(y_pred, y)
        if step < 10 or step % 10 == 0:
            losses.append(loss)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
