# mistake: none
# outcome: not_attempted
# note: untouched


def loss_fn(y_pred, y):
    # YOUR CODE HERE
    raise NotImplementedError()
