from torch.func import grad_and_value


def gradients(x, y, w1, w2):
    found, _ = grad_and_value(loss_fn, argnums=(2, 3))(x, y, w1, w2)
    return found
