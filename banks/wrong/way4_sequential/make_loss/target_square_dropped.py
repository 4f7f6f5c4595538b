# mistake: none
# note: multiplied out and left away what does not depend on the prediction: the gradient is right, the loss is not

def make_loss():
    return lambda y_pred, y: (y_pred * y_pred - 2 * y_pred * y).sum()
