# %% enumerate_and_print note="enumerate and print"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for i in range(1, steps + 1):
        print(i)
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% list_of_zero_dim note="list of zero dim"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(((y_pred - y) ** 2).sum())
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% loop_over_both note="loop over both"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        for w, g in ((w1, grad_w1), (w2, grad_w2)):
            w -= lr * g
    return losses

# %% own_everything note="own everything"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = h * (h > 0)
        y_pred = h_relu @ w2
        losses.append(float(((y_pred - y) ** 2).sum()))
        g = 2 * (y_pred - y)
        grad_w2 = h_relu.T @ g
        grad_h = g @ w2.T
        grad_h[h <= 0] = 0
        grad_w1 = x.T @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% plus_negative note="plus negative"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 += -lr * grad_w1
        w2 += -(lr * grad_w2)
    return losses

# %% preallocated note="preallocated"
def train(x, y, w1, w2, lr, steps):
    losses = [0.0] * steps
    for i in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses[i] = loss_fn(y_pred, y)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% slice_minus note="slice minus"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1[:] = w1 - lr * grad_w1
        w2[:] = w2 - lr * grad_w2
    return losses

# %% steps_first note="steps first"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        d1, d2 = lr * grad_w1, lr * grad_w2
        w2 -= d2
        w1 -= d1
    return losses

# %% tuple_back note="tuple back"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return tuple(losses)

# %% loss_per_sample mistake="batch-mean" note="loss per sample"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)) / len(y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% lr_over_n mistake="batch-mean" note="lr over n"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr / len(x) * grad_w1
        w2 -= lr / len(x) * grad_w2
    return losses

# %% own_extra_two mistake="extra-factor-2" note="own extra two"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = h * (h > 0)
        y_pred = h_relu @ w2
        losses.append(float(((y_pred - y) ** 2).sum()))
        g = 2 * (y_pred - y)
        grad_w2 = 2 * h_relu.T @ g
        grad_h = g @ w2.T
        grad_h[h < 0] = 0
        grad_w1 = x.T @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% own_forgot_target mistake="forgot-target" note="own forgot target"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = h * (h > 0)
        y_pred = h_relu @ w2
        losses.append(float(((y_pred - y) ** 2).sum()))
        g = 2 * y_pred
        grad_w2 = h_relu.T @ g
        grad_h = g @ w2.T
        grad_h[h < 0] = 0
        grad_w1 = x.T @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% gradient_names_swapped_h mistake="h-overwritten" note="gradient names swapped h"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        h = h_relu
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% own_overwritten mistake="h-overwritten" note="own overwritten"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = h
        h_relu[h < 0] = 0
        y_pred = h_relu @ w2
        losses.append(float(((y_pred - y) ** 2).sum()))
        g = 2 * (y_pred - y)
        grad_w2 = h_relu.T @ g
        grad_h = g @ w2.T
        grad_h[h < 0] = 0
        grad_w1 = x.T @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% loss_half mistake="half-loss" note="loss half"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(0.5 * float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% own_kept_square mistake="kept-the-square" note="own kept square"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = h * (h > 0)
        y_pred = h_relu @ w2
        losses.append(float(((y_pred - y) ** 2).sum()))
        g = 2 * (y_pred - y) ** 2
        grad_w2 = h_relu.T @ g
        grad_h = g @ w2.T
        grad_h[h < 0] = 0
        grad_w1 = x.T @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% loss_last_appended_outside mistake="last-loss-only" note="loss last appended outside"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        loss = float(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    losses.append(loss)
    return losses

# %% lr_hundredth mistake="lr-ignored" note="lr hundredth"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= 0.01 * grad_w1
        w2 -= 0.01 * grad_w2
    return losses

# %% lr_ten_to_minus_four mistake="lr-ignored" note="lr ten to minus four"
def train(x, y, w1, w2, lr, steps):
    losses = []
    rate = 0.0001
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= rate * grad_w1
        w2 -= rate * grad_w2
    return losses

# %% own_mask_from_output mistake="mask-from-relu-output" note="own mask from output"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = h * (h > 0)
        y_pred = h_relu @ w2
        losses.append(float(((y_pred - y) ** 2).sum()))
        g = 2 * (y_pred - y)
        grad_w2 = h_relu.T @ g
        grad_h = g @ w2.T
        grad_h[h_relu < 0] = 0
        grad_w1 = x.T @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% own_inverted mistake="mask-inverted" note="own inverted"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = h * (h > 0)
        y_pred = h_relu @ w2
        losses.append(float(((y_pred - y) ** 2).sum()))
        g = 2 * (y_pred - y)
        grad_w2 = h_relu.T @ g
        grad_h = g @ w2.T
        grad_h[h > 0] = 0
        grad_w1 = x.T @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% own_no_mask mistake="no-mask" note="own no mask"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = h * (h > 0)
        y_pred = h_relu @ w2
        losses.append(float(((y_pred - y) ** 2).sum()))
        g = 2 * (y_pred - y)
        grad_w2 = h_relu.T @ g
        grad_h = g @ w2.T
        grad_w1 = x.T @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% own_no_relu mistake="no-relu" note="own no relu"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = h
        y_pred = h_relu @ w2
        losses.append(float(((y_pred - y) ** 2).sum()))
        g = 2 * (y_pred - y)
        grad_w2 = h_relu.T @ g
        grad_h = g @ w2.T
        grad_h[h < 0] = 0
        grad_w1 = x.T @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% accumulated mistake="gradients-added-up" note="accumulated"
def train(x, y, w1, w2, lr, steps):
    losses = []
    s1, s2 = 0, 0
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        s1 = s1 + grad_w1
        s2 = s2 + grad_w2
        w1 -= lr * s1
        w2 -= lr * s2
    return losses

# %% all_returned mistake="too-many-results" note="all returned"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses, w1, w2

# %% blank mistake="none" outcome="not_attempted" note="untouched"
def train(x, y, w1, w2, lr, steps):
    # YOUR CODE HERE
    raise NotImplementedError()

# %% divided_by_lr mistake="none" note="divided by lr"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= grad_w1 / lr
        w2 -= grad_w2 / lr
    return losses

# %% early_stop mistake="stopped-early" note="early stop"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        if losses[-1] < 0.9 * losses[0]:
            break
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% first_loss_missing mistake="losses-left-out" note="first loss missing"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses[1:]

# %% loss_squared_twice mistake="none" note="loss squared twice"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)) ** 2)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% losses_mean mistake="none" note="losses mean"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return sum(losses) / steps

# %% losses_summed mistake="none" note="losses summed"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return sum(losses)

# %% lr_squared mistake="none" note="lr squared"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * lr * grad_w1
        w2 -= lr * lr * grad_w2
    return losses

# %% momentum mistake="momentum-added" note="momentum"
def train(x, y, w1, w2, lr, steps):
    losses = []
    v1, v2 = 0, 0
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        v1 = 0.9 * v1 + grad_w1
        v2 = 0.9 * v2 + grad_w2
        w1 -= lr * v1
        w2 -= lr * v2
    return losses

# %% normalised_gradient mistake="gradient-normalised" note="normalised gradient"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1 / (grad_w1**2).sum() ** 0.5
        w2 -= lr * grad_w2 / (grad_w2**2).sum() ** 0.5
    return losses

# %% own_reshape mistake="none" note="own reshape"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = h * (h > 0)
        y_pred = h_relu @ w2
        losses.append(float(((y_pred - y) ** 2).sum()))
        g = 2 * (y_pred - y)
        grad_w2 = h_relu.T @ g
        grad_h = g @ w2.T
        grad_h[h < 0] = 0
        grad_w1 = x.reshape(x.shape[1], -1) @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% rows_tried_first mistake="mini-batch" note="a slice left over from trying things out: only the first ten examples"
def train(x, y, w1, w2, lr, steps):
    x, y = x[:10], y[:10]
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses

# %% uphill_one mistake="uphill" note="uphill one"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 += lr * grad_w2
    return losses

# %% weight_decay mistake="weight-decay" note="weight decay"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * (grad_w1 + 0.1 * w1)
        w2 -= lr * (grad_w2 + 0.1 * w2)
    return losses

# %% weights_returned mistake="too-many-results" note="weights returned"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return w1, w2

# %% swapped_updates mistake="order-of-results" outcome="crashed" note="swapped updates"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w2
        w2 -= lr * grad_w1
    return losses

# %% return_first mistake="return-in-loop" note="return first"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
        return losses

# %% loss_root mistake="root-of-mean" note="loss root"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)) ** 0.5)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% no_loop mistake="steps-ignored" note="no loop"
def train(x, y, w1, w2, lr, steps):
    losses = []
    if True:
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% steps_global mistake="steps-ignored" note="steps global"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(len(x)):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% steps_minus_one mistake="steps-off-by-one" note="steps minus one"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps - 1):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% while_without_end_condition mistake="steps-off-by-one" note="while without end condition"
def train(x, y, w1, w2, lr, steps):
    losses = []
    t = 0
    while t <= steps:
        t += 1
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% own_times_h mistake="times-activation" note="own times h"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = h * (h > 0)
        y_pred = h_relu @ w2
        losses.append(float(((y_pred - y) ** 2).sum()))
        g = 2 * (y_pred - y)
        grad_w2 = h_relu.T @ g
        grad_h = g @ w2.T
        grad_h = grad_h * h
        grad_w1 = x.T @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% backward_with_target_swapped mistake="uphill" note="backward with target swapped"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y_pred, w2, h, h_relu, y)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% own_w2_from_h mistake="w2-from-h" note="own w2 from h"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = h * (h > 0)
        y_pred = h_relu @ w2
        losses.append(float(((y_pred - y) ** 2).sum()))
        g = 2 * (y_pred - y)
        grad_w2 = h.T @ g
        grad_h = g @ w2.T
        grad_h[h < 0] = 0
        grad_w1 = x.T @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% update_before_backward mistake="w2-updated-first" note="update before backward"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w2 -= lr * grad_w2
        h, h_relu, y_pred = forward(x, w1, w2)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
    return losses

# %% w2_then_backward mistake="w2-updated-first" note="w2 then backward"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w2 -= lr * grad_w2
        h, h_relu, y_pred = forward(x, w1, w2)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
    return losses

# %% new_names_both mistake="weights-rebound" note="new names both"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 = w1 - lr * grad_w1
        w2 = w2 - lr * grad_w2
    return losses

# %% rebound_w1 mistake="weights-rebound" note="rebound w1"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 = w1 - lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% list_left_empty mistake="losses-not-kept" note="the list is made, and nobody fills it"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% loss_of_the_end_added mistake="final-loss-added" note="one more loss, after the loop"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, a, p = forward(x, w1, w2); losses.append(loss_fn(p, y))
        g = backward(x, y, w2, h, a, p)
        w1 -= lr * g[4]; w2 -= lr * g[1]
    losses.append(loss_fn(forward(x, w1, w2)[2], y))
    return losses

# %% enough_is_enough mistake="stopped-early" note="stops where the loss is small enough"
def train(x, y, w1, w2, lr, steps):
    losses = []
    while len(losses) < steps and (not losses or losses[-1] > 1e-6):
        h, a, p = forward(x, w1, w2); losses.append(loss_fn(p, y))
        g = backward(x, y, w2, h, a, p)
        w1 -= lr * g[4]; w2 -= lr * g[1]
    return losses

# %% stops_where_it_rises mistake="stopped-early" note="early stopping, as texts on overfitting have it"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, a, p = forward(x, w1, w2); losses.append(loss_fn(p, y))
        if t > 0 and losses[-1] > losses[-2]:
            break
        g = backward(x, y, w2, h, a, p)
        w1 -= lr * g[4]; w2 -= lr * g[1]
    return losses

# %% best_loss_so_far mistake="none" note="the smallest loss of all steps so far is noted"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, a, p = forward(x, w1, w2); losses.append(min([loss_fn(p, y), *losses]))
        g = backward(x, y, w2, h, a, p)
        w1 -= lr * g[4]; w2 -= lr * g[1]
    return losses

# %% line_of_w2_twice mistake="updated-twice" note="the line of w2 was pasted twice"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        h, a, p = forward(x, w1, w2); losses.append(loss_fn(p, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, a, p)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
        w2 -= lr * grad_w2
    return losses

# %% one_example_a_step mistake="mini-batch" note="the examples take turns"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for t in range(steps):
        i = t % len(x)
        xb, yb = x[i:i+1], y[i:i+1]
        h, h_relu, y_pred = forward(xb, w1, w2)
        losses.append(loss_fn(y_pred, yb))
        _, gw2, _, _, gw1 = backward(xb, yb, w2, h, h_relu, y_pred)
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% list_as_default mistake="losses-of-last-call" note="a default is made once"
def train(x, y, w1, w2, lr, steps, losses=[]):
    for t in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, gw2, _, _, gw1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * gw1
        w2 -= lr * gw2
    return losses

# %% stops_when_it_rises_late mistake="stopped-early" note="the first steps may go up, later ones may not"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        if step > 10 and losses[-1] > losses[-2]:
            break
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% stops_at_next_to_nothing mistake="stopped-early" note="a loss below 1e-10 counts as none"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        if losses[-1] < 1e-10:
            break
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% rate_warmed_up mistake="learning-rate-fades" note="a warm-up over five steps"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        rate = lr * min(1.0, (step + 1) / 5)
        w1 -= rate * grad_w1
        w2 -= rate * grad_w2
    return losses

# %% rate_down_a_line mistake="learning-rate-fades" note="falls to nothing along a line"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        rate = lr * (1 - step / steps)
        w1 -= rate * grad_w1
        w2 -= rate * grad_w2
    return losses

# %% second_weight_faster mistake="rates-differ" note="the last layer is said to want a larger rate"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= 10 * lr * grad_w2
    return losses

# %% rate_for_one_only mistake="no-learning-rate" note="lr is missing in one of the two lines"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= grad_w1
        w2 -= lr * grad_w2
    return losses

# %% penalty_noted mistake="weight-decay" note="an L2 penalty in the loss, and nothing of it in the gradients"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y) + 0.01 * ((w1**2).sum() + (w2**2).sum()))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% penalty_with_its_gradient mistake="weight-decay" note="an L2 penalty, derived too"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y) + 0.01 * ((w1**2).sum() + (w2**2).sum()))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * (grad_w1 + 0.02 * w1)
        w2 -= lr * (grad_w2 + 0.02 * w2)
    return losses

# %% best_weights_at_the_end mistake="best-weights-restored" note="keeps the weights of the lowest loss"
def train(x, y, w1, w2, lr, steps):
    losses, best = [], (w1 * 1, w2 * 1)
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        if losses[-1] == min(losses):
            best = w1 * 1, w2 * 1
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    w1[:], w2[:] = best
    return losses

# %% weights_shrunk_beside mistake="weight-decay" note="a share of the weight is taken off, whatever lr is"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1 + 0.001 * w1
        w2 -= lr * grad_w2 + 0.001 * w2
    return losses

# %% momentum_as_an_average mistake="momentum-added" note="the average of the gradients, as in Adam"
def train(x, y, w1, w2, lr, steps):
    losses, m1, m2 = [], 0 * w1, 0 * w2
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        m1 = 0.9 * m1 + 0.1 * grad_w1
        m2 = 0.9 * m2 + 0.1 * grad_w2
        w1 -= lr * m1
        w2 -= lr * m2
    return losses

# %% stops_where_the_loss_stands_still mistake="stopped-early" note="no change, no further step"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        if len(losses) > 1 and abs(losses[-1] - losses[-2]) < 1e-12 * losses[-1]:
            break
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% batches_of_64 mistake="sample-by-sample" note="one step a batch, and the sum is noted"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        total = 0.0
        for at in range(0, len(x), 64):
            rows, targets = x[at : at + 64], y[at : at + 64]
            h, h_relu, y_pred = forward(rows, w1, w2)
            total += loss_fn(y_pred, targets)
            _, grad_w2, _, _, grad_w1 = backward(rows, targets, w2, h, h_relu, y_pred)
            w1 -= lr * grad_w1
            w2 -= lr * grad_w2
        losses.append(total)
    return losses

# %% shaped_as_in_the_notebook mistake="sizes-fixed" outcome="crashed" note="the notebook's own sizes are written in"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1.reshape(1000, 100)
        w2 -= lr * grad_w2.reshape(100, 10)
    return losses

# %% tenth_of_the_rate_from_200_on mistake="learning-rate-fades" note="cut once, late in the notebook's 500 steps"
def train(x, y, w1, w2, lr, steps):
    losses = []
    for step in range(steps):
        if step == 200:
            lr = lr / 10
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% recursion_from_the_end mistake="order-of-results" note="the rest of the list comes first"
def train(x, y, w1, w2, lr, steps):
    if steps == 0:
        return []
    h, h_relu, y_pred = forward(x, w1, w2)
    loss = loss_fn(y_pred, y)
    _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
    w1 -= lr * grad_w1
    w2 -= lr * grad_w2
    return train(x, y, w1, w2, lr, steps - 1) + [loss]

# %% rate_with_a_ceiling mistake="lr-ignored" note="a larger rate is not trusted"
def train(x, y, w1, w2, lr, steps):
    lr = min(lr, 1e-4)
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses

# %% rate_with_a_floor mistake="lr-ignored" note="a smaller rate is not trusted"
def train(x, y, w1, w2, lr, steps):
    lr = max(lr, 0.01)
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
