# mistake: forward-outside-loop
# outcome: crashed
# note: one forward pass, many backward passes

def train(x, y, w1, w2, lr, steps):
    losses = []
    loss = loss_fn(x, y, w1, w2)
    for _ in range(steps):
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses
