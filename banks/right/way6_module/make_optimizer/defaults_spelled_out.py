def make_optimizer(model, lr):
    return torch.optim.SGD(
        model.parameters(), lr=lr, momentum=0, dampening=0, weight_decay=0, nesterov=False
    )
