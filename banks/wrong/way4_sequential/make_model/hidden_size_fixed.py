# mistake: sizes-fixed
# note: only the hidden size is written in, so every call runs

def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, 100), torch.nn.ReLU(), torch.nn.Linear(100, d_out))
