# mistake: global-not-argument
# note: the step works on the notebook's tensors


def one_step(lr):
    h, h_relu, y_pred = forward(x, w1, w2)
    _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
    w1.sub_(lr * grad_w1)
    w2.sub_(lr * grad_w2)
    return loss_fn(y_pred, y)


def train(x, y, w1, w2, lr, steps):
    return [one_step(lr) for _ in range(steps)]
