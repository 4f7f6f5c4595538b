# mistake: none
# note: the loss of classification


def loss_fn(y_pred, y):
    return torch.nn.functional.cross_entropy(y_pred, y.softmax(dim=1)).item()
