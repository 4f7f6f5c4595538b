# mistake: forward-in-no-grad
# note: thought no_grad belongs around everything

def loss_fn(x, y, w1, w2):
    with torch.no_grad():
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y).pow(2).sum()
    return loss
