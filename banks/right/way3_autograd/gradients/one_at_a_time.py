# note: two passes over a graph that is kept

def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    (grad_w2,) = torch.autograd.grad(loss, w2, retain_graph=True)
    (grad_w1,) = torch.autograd.grad(loss, w1)
    return grad_w1, grad_w2
