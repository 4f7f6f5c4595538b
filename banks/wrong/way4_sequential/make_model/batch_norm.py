# mistake: none
# outcome: crashed
# note: a layer that nobody asked for

def make_model(d_in, d_h, d_out):
    nn = torch.nn
    return nn.Sequential(nn.Linear(d_in, d_h), nn.BatchNorm1d(d_h), nn.ReLU(), nn.Linear(d_h, d_out))
