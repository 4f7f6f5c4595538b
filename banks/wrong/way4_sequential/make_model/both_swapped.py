# mistake: linear-sizes-swapped
# outcome: crashed
# note: (out, in), as the weight is stored

def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(
        torch.nn.Linear(d_h, d_in),
        torch.nn.ReLU(),
        torch.nn.Linear(d_out, d_h),
    )
