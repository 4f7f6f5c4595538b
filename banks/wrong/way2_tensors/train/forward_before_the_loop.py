# mistake: forward-outside-loop
# note: one forward pass for all steps


def train(x, y, w1, w2, lr, steps):
    losses = []
    h, h_relu, y_pred = forward(x, w1, w2)
    for _ in range(steps):
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
