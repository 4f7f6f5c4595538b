# mistake: no-update
# note: sub without the underscore: computed and thrown away

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1.sub(lr * w1.grad)
            w2.sub(lr * w2.grad)
            w1.grad.zero_()
            w2.grad.zero_()
    return losses
