# mistake: none
# outcome: not_attempted
# note: untouched


def backward(x, y, w2, h, h_relu, y_pred):
    # YOUR CODE HERE
    raise NotImplementedError()
