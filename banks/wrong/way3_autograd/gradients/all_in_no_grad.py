# mistake: forward-in-no-grad
# outcome: crashed
# note: nothing was recorded

def gradients(x, y, w1, w2):
    with torch.no_grad():
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
    return w1.grad, w2.grad
