def loss_fn(x, y, w1, w2):
    with torch.enable_grad():
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y).pow(2).sum()
    print(f"loss so far: {loss.item():.3g}")
    return loss
