# mistake: dtype-changed
# outcome: crashed
# note: a sum that starts in double precision, whatever the inputs are

def loss_fn(y_pred, y):
    ones = torch.ones(y.shape[1], dtype=torch.float64, device=y.device)
    return (y_pred - y).pow(2).matmul(ones).sum().item()
