# mistake: dtype-changed
# note: half of the digits, "for speed"

def loss_fn(y_pred, y):
    d = y_pred.astype(np.float32) - y.astype(np.float32)
    return float(np.sum(d * d))
