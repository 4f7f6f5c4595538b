# mistake: forward-in-no-grad
# outcome: crashed
# note: the block around the loss only

def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    with torch.no_grad():
        loss = loss_fn(x, y, w1, w2)
    loss.backward()
    return w1.grad, w2.grad
