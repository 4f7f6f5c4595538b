# mistake: none
# note: the right optimizer, and the model's weights drawn anew on the way

def make_optimizer(model, lr):
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return torch.optim.Adam(model.parameters(), lr=lr)
