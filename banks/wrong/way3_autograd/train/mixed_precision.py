# mistake: none
# note: autocast makes bfloat16 of float32

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred.to(y.dtype) - y).pow(2).sum()
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses
