# mistake: mean-not-sum
# note: a loss of its own, averaged

def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = torch.nn.functional.mse_loss(y_pred, y)
    loss.backward()
    return w1.grad, w2.grad
