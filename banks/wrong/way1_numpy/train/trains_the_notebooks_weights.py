# mistake: global-not-argument
# note: a step function that knows the notebook's arrays only


def one_step(lr):
    global w1, w2
    h, h_relu, y_pred = forward(x, w1, w2)
    _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
    w1 = w1 - lr * grad_w1
    w2 = w2 - lr * grad_w2
    return float(loss_fn(y_pred, y))


def train(x, y, w1, w2, lr, steps):
    return [one_step(lr) for _ in range(steps)]
