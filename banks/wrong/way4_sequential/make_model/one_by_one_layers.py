# mistake: global-not-argument
# note: calls the layers at once

def make_model(d_in, d_h, d_out):
    h = torch.nn.Linear(d_in, d_h)(x)
    return torch.nn.Linear(d_h, d_out)(torch.relu(h))
