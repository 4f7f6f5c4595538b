# mistake: returns-none
# note: made and forgotten

def make_optimizer(model, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
