# mistake: weights-rebound
# note: the name of the loop is bound anew

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w = w - lr * w.grad
        w1.grad.zero_()
        w2.grad.zero_()
    return losses
