# mistake: other-activation
# note: the activation of newer books

def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.GELU(), torch.nn.Linear(d_h, d_out))
