# mistake: returns-none
# note: step() gives nothing back

def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr).step()
