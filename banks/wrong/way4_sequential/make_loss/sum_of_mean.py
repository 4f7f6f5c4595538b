# mistake: mean-not-sum
# note: the sum of one number is that number

def make_loss():
    return lambda y_pred, y: torch.nn.MSELoss()(y_pred, y).sum()
