# mistake: softmax-on-output
# note: squeezed between 0 and 1

def make_model(d_in, d_h, d_out):
    nn = torch.nn
    return nn.Sequential(nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out), nn.Sigmoid())
