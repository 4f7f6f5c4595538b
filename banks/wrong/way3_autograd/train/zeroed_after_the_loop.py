# mistake: never-zeroed
# note: the indentation: zeroed once, at the very end

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        w1.data -= lr * w1.grad
        w2.data -= lr * w2.grad
    w1.grad.zero_()
    w2.grad.zero_()
    return losses
