# note: a NumPy array, made first and filled in


def train(x, y, w1, w2, lr, steps):
    losses = np.zeros(steps)
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses[step] = loss_fn(y_pred, y)
        grads = backward(x, y, w2, h, h_relu, y_pred)
        for weight, grad in ((w1, grads[4]), (w2, grads[1])):
            weight -= lr * grad
    return losses
