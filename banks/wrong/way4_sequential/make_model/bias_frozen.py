# mistake: frozen-parameters
# note: the biases stay at zero for ever

def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    for i in (0, 2):
        model[i].bias.requires_grad_(False)
        torch.nn.init.zeros_(model[i].bias)
    return model
