# mistake: graph-cut
# note: a new tensor with the old value

def make_loss():
    return lambda y_pred, y: torch.tensor(((y_pred - y) ** 2).sum().item(), requires_grad=True)
