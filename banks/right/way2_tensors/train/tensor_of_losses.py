# note: a tensor of losses, filled in


def train(x, y, w1, w2, lr, steps):
    losses = torch.zeros(steps, dtype=x.dtype, device=x.device)
    for step in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses[step] = loss_fn(y_pred, y)
        grads = backward(x, y, w2, h, h_relu, y_pred)
        for weight, grad in zip((w1, w2), (grads[4], grads[1])):
            weight.data -= lr * grad
    return losses
