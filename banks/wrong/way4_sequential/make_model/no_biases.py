# mistake: no-bias
# note: as in the ways before

def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(
        torch.nn.Linear(d_in, d_h, bias=False), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out, bias=False)
    )
