# mistake: graph-cut
# note: torch.tensor(...) copies the numbers and drops the history

def loss_fn(x, y, w1, w2):
    h = torch.tensor(x.mm(w1), requires_grad=True)
    y_pred = h.clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).sum()
