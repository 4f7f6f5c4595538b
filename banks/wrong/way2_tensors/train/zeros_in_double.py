# mistake: dtype-changed
# outcome: crashed
# note: zeros in double precision, whatever the inputs are

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        h_relu = torch.maximum(h, torch.zeros(h.shape, dtype=torch.float64, device=h.device))
        y_pred = h_relu.mm(w2)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses
