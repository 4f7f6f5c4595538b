# mistake: spectral-norm
# note: matrix_norm with 2: the largest singular value


def loss_fn(y_pred, y):
    return torch.linalg.matrix_norm(y_pred - y, 2).item() ** 2
