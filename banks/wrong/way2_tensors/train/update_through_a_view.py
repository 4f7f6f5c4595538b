# mistake: needs-contiguous
# note: view wants its numbers in one row in memory; reshape does not

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1.view(-1).sub_(lr * g1.reshape(-1))
        w2.view(-1).sub_(lr * g2.reshape(-1))
    return losses
