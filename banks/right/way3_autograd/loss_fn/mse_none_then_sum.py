def loss_fn(x, y, w1, w2):
    y_pred = torch.nn.functional.hardtanh(x @ w1, 0.0, float("inf")) @ w2
    return torch.nn.functional.mse_loss(y_pred, y, reduction="none").sum()
