# mistake: no-relu
# note: two linear layers are one linear layer

def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.Linear(d_h, d_out))
