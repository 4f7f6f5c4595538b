def gradients(x, y, w1, w2):
    def of_weights(a, b):
        return loss_fn(x, y, a, b)

    g1, g2 = torch.autograd.functional.jacobian(of_weights, (w1, w2))
    return g1, g2
