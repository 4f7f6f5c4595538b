# mistake: forward-in-no-grad
# note: the global switch, never switched on again

def loss_fn(x, y, w1, w2):
    torch.set_grad_enabled(False)
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).sum()
