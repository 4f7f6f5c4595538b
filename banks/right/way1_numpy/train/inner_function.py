# note: one step as a function, a list comprehension around it


def train(x, y, w1, w2, lr, steps):
    def step():
        h, h_relu, y_pred = forward(x, w1, w2)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1[:] -= lr * grad_w1
        w2[:] -= lr * grad_w2
        return float(loss_fn(y_pred, y))

    return [step() for _ in range(steps)]
