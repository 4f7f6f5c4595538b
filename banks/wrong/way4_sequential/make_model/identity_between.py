# mistake: no-relu
# note: a placeholder left standing

def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.Identity(), torch.nn.Linear(d_h, d_out))
