# mistake: leaky-relu
# note: LeakyReLU, slope 0.01

def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.LeakyReLU(), torch.nn.Linear(d_h, d_out))
