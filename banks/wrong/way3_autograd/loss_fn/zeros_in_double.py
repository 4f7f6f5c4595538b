# mistake: dtype-changed
# outcome: crashed
# note: zeros in double precision, whatever the inputs are

def loss_fn(x, y, w1, w2):
    zeros = torch.zeros(x.shape[0], w1.shape[1], dtype=torch.float64, device=x.device)
    y_pred = torch.maximum(x.mm(w1), zeros).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    return loss
