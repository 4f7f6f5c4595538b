# mistake: sign-flipped
# note: as a score

def make_loss():
    return lambda y_pred, y: -torch.nn.functional.mse_loss(y_pred, y, reduction="sum")
