# mistake: batch-mean
# note: per example

def make_loss():
    total = torch.nn.MSELoss(reduction="sum")
    return lambda y_pred, y: total(y_pred, y) / y.shape[0]
