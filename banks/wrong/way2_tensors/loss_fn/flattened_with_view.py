# mistake: needs-contiguous
# note: view wants its numbers in one row in memory; reshape does not

def loss_fn(y_pred, y):
    d = y_pred.view(-1) - y.view(-1)
    return d.dot(d).item()
