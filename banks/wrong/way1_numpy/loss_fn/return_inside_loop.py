# mistake: first-sample-only
# note: the return stands inside the loop


def loss_fn(y_pred, y):
    total = 0
    for p, t in zip(y_pred, y):
        total += ((p - t) ** 2).sum()
        return total
