# mistake: update-recorded
# outcome: crashed
# note: sub_ is in place as well

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        w1.sub_(w1.grad, alpha=lr)
        w2.sub_(w2.grad, alpha=lr)
        w1.grad = None
        w2.grad = None
    return losses
