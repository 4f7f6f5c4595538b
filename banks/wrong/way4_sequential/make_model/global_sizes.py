# mistake: sizes-fixed
# outcome: fail
# note: the notebook's constants

def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(D_IN, D_H), torch.nn.ReLU(), torch.nn.Linear(D_H, D_OUT))
