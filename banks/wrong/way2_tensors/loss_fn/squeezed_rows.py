# mistake: none
# outcome: crashed
# note: squeeze takes away every axis of length 1

def loss_fn(y_pred, y):
    total = 0.0
    for p, t in zip(y_pred.squeeze(), y.squeeze()):
        total += (p - t).pow(2).sum().item()
    return total
