# mistake: function-not-module
# outcome: crashed
# note: torch.relu is a function too

def make_model(d_in, d_h, d_out):
    net = torch.nn.Sequential()
    net.append(torch.nn.Linear(d_in, d_h))
    net.append(torch.relu)
    net.append(torch.nn.Linear(d_h, d_out))
    return net
