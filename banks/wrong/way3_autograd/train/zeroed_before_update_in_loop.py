# mistake: zeroed-too-early
# note: zero first inside the loop over the weights

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in [w1, w2]:
                w.grad.zero_()
                w -= lr * w.grad
    return losses
