# mistake: other-activation
# note: the activation of older books

def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.Sigmoid(), torch.nn.Linear(d_h, d_out))
