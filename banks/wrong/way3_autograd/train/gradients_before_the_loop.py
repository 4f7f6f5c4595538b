# mistake: forward-outside-loop
# note: the first gradient, used again and again

def train(x, y, w1, w2, lr, steps):
    losses = []
    grad_w1, grad_w2 = gradients(x, y, w1, w2)
    for _ in range(steps):
        losses.append(loss_fn(x, y, w1, w2).item())
        with torch.no_grad():
            w1 -= lr * grad_w1
            w2 -= lr * grad_w2
    return losses
