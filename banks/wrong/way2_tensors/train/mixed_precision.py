# mistake: none
# note: autocast makes bfloat16 of float32

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            h = x.mm(w1).to(x.dtype)
            h_relu = h.clamp(min=0)
            y_pred = h_relu.mm(w2).to(x.dtype)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses
