# mistake: loss-not-built
# outcome: crashed
# note: the loss itself in place of a function that makes one

def make_loss(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y, reduction="sum")
