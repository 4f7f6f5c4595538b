# mistake: mean-not-sum
# note: mean over outputs, then over samples


def loss_fn(y_pred, y):
    per_sample = ((y - y_pred) ** 2).mean(axis=1)
    return per_sample.mean()
