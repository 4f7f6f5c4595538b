def loss_fn(x, y, w1, w2):
    h = x @ w1
    h_relu = torch.relu(h)
    y_pred = h_relu @ w2
    diff = y_pred - y
    loss = torch.sum(diff * diff)
    return loss
