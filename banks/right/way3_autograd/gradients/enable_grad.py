def gradients(x, y, w1, w2):
    with torch.enable_grad():
        loss = loss_fn(x, y, w1, w2)
    g = torch.autograd.grad(outputs=loss, inputs=(w1, w2), grad_outputs=torch.ones_like(loss))
    return g[0], g[1]
