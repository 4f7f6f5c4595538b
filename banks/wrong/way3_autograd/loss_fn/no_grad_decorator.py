# mistake: forward-in-no-grad
# note: the decorator

@torch.no_grad()
def loss_fn(x, y, w1, w2):
    y_pred = torch.relu(x @ w1) @ w2
    return ((y_pred - y) ** 2).sum()
