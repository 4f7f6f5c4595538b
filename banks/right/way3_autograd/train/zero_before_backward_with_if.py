
def train(x, y, w1, w2, lr, steps):
    history = np.empty(steps)
    for t in range(steps):
        loss = loss_fn(x, y, w1, w2)
        history[t] = loss.item()
        for w in (w1, w2):
            if w.grad is not None:
                w.grad.detach_()
                w.grad.zero_()
        loss.backward()
        for w in (w1, w2):
            w.data.add_(w.grad, alpha=-lr)
    return history.tolist()
