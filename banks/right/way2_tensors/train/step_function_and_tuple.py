# note: one step as an inner function, torch.sub with out=, a tuple


def train(x, y, w1, w2, lr, steps):
    def step():
        h, h_relu, y_pred = forward(x, w1, w2)
        grads = backward(x, y, w2, h, h_relu, y_pred)
        torch.sub(w1, lr * grads[-1], out=w1)
        torch.sub(w2, lr * grads[1], out=w2)
        return loss_fn(y_pred, y)

    return tuple(step() for _ in range(steps))
