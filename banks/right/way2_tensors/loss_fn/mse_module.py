# note: the module with reduction sum


def loss_fn(y_pred, y):
    criterion = torch.nn.MSELoss(reduction="sum")
    return criterion(y_pred, y).item()
