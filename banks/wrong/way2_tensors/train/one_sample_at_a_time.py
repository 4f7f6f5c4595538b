# mistake: sample-by-sample
# note: an update after each sample


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
