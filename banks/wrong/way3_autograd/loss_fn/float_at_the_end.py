# mistake: loss-is-a-number
# note: float() for printing, then returned

def loss_fn(x, y, w1, w2):
    loss = ((torch.relu(x @ w1) @ w2 - y) ** 2).sum()
    return float(loss)
