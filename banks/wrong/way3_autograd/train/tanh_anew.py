# mistake: other-activation
# note: tanh

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = torch.tanh(x.mm(w1)).mm(w2)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad.zero_()
    return losses
