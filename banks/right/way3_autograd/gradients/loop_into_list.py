def gradients(x, y, w1, w2):
    weights = [w1, w2]
    for w in weights:
        w.grad = None
    loss = torch.nn.functional.mse_loss(torch.relu(x @ w1) @ w2, y, reduction="sum")
    loss.backward(torch.tensor(1.0, dtype=loss.dtype, device=loss.device))
    return [w.grad.clone() for w in weights]
