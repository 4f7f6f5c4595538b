# mistake: weights-reinitialised
# note: the whole script of the original in one function

def train(x, y, w1, w2, lr, steps):
    w1, w2 = make_weights(x.shape[1], w1.shape[1], y.shape[1], x.dtype, x.device)
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses
