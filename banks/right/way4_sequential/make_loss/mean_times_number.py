def make_loss():
    mean = torch.nn.MSELoss()

    def loss(y_pred, y):
        return mean(y_pred, y) * y_pred.numel()

    return loss
