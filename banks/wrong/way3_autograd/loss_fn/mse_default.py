# mistake: mean-not-sum
# note: mse_loss averages by default

def loss_fn(x, y, w1, w2):
    return torch.nn.functional.mse_loss(torch.relu(x @ w1) @ w2, y)
