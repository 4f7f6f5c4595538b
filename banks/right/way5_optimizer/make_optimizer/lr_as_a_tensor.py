# note: a learning rate may be a tensor

def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=torch.tensor(lr), foreach=False)
