relu = torch.nn.ReLU()
criterion = torch.nn.MSELoss(reduction="sum")


def loss_fn(x, y, w1, w2):
    return criterion(relu(torch.matmul(x, w1)).matmul(w2), y)
