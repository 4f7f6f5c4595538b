# mistake: layers-in-wrong-order
# outcome: crashed
# note: the output layer comes first

def make_model(d_in, d_h, d_out):
    nn = torch.nn
    return nn.Sequential(nn.Linear(d_h, d_out), nn.ReLU(), nn.Linear(d_in, d_h))
