def make_loss():
    criterion = torch.nn.MSELoss()
    criterion.reduction = "sum"
    return criterion
