# mistake: weights-rebound
# note: every step makes new leaves: the losses are right, the caller's weights never move

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        w1 = (w1 - lr * w1.grad).detach().requires_grad_()
        w2 = (w2 - lr * w2.grad).detach().requires_grad_()
    return losses
