from torch.func import grad


def gradients(x, y, w1, w2):
    return grad(lambda a, b: loss_fn(x, y, a, b), argnums=(0, 1))(w1, w2)
