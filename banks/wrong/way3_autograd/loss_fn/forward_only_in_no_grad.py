# mistake: forward-in-no-grad
# note: only the prediction inside the block

def loss_fn(x, y, w1, w2):
    with torch.no_grad():
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return torch.nn.functional.mse_loss(y_pred, y, reduction="sum")
