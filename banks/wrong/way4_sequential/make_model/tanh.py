# mistake: other-activation
# note: tanh

def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.Tanh(), torch.nn.Linear(d_h, d_out))
