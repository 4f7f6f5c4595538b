def gradients(x, y, w1, w2):
    w1.grad, w2.grad = None, None
    torch.autograd.backward(loss_fn(x, y, w1, w2), inputs=[w1, w2])
    return w1.grad.detach(), w2.grad.detach()
