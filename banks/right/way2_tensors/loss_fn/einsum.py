# note: einsum over both axes, tolist gives a float


def loss_fn(y_pred, y):
    d = y - y_pred
    return torch.einsum("ij,ij->", d, d).tolist()
