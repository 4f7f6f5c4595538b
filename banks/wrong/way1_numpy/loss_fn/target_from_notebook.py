# mistake: global-not-argument
# note: the lambda above reads the notebook's y

residual = lambda prediction: prediction - y


def loss_fn(y_pred, y):
    return (residual(y_pred) ** 2).sum()
