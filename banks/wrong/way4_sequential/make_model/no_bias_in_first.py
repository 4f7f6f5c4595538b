# mistake: no-bias
# note: one without

def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(
        torch.nn.Linear(d_in, d_h, False), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out)
    )
