# mistake: dtype-changed
# note: half of the digits, "for speed"

def loss_fn(y_pred, y):
    return (y_pred.float() - y.float()).pow(2).sum().item()
