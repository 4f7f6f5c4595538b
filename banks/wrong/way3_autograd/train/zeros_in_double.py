# mistake: dtype-changed
# outcome: crashed
# note: zeros in double precision, whatever the inputs are

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        zeros = torch.zeros(x.shape[0], w1.shape[1], dtype=torch.float64, device=x.device)
        y_pred = torch.maximum(x.mm(w1), zeros).mm(w2)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses
