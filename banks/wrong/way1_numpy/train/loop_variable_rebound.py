# mistake: weights-rebound
# note: a loop over both weights that only renames


def train(x, y, w1, w2, lr, steps):
    weights = [np.array(w1), np.array(w2)]
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, *weights)
        losses.append(float(loss_fn(y_pred, y)))
        grads = backward(x, y, weights[1], h, h_relu, y_pred)
        weights = [w - lr * g for w, g in zip(weights, (grads[4], grads[1]))]
    return losses
