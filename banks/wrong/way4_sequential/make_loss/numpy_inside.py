# mistake: loss-is-a-number
# note: NumPy knows no history

def make_loss():
    return lambda y_pred, y: np.sum((y_pred.detach().numpy() - y.numpy()) ** 2)
