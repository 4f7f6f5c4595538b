def make_model(d_in, d_h, d_out):
    net = torch.nn.Sequential()
    net.add_module("fc1", torch.nn.Linear(in_features=d_in, out_features=d_h))
    net.add_module("act", torch.nn.ReLU())
    net.add_module("fc2", torch.nn.Linear(in_features=d_h, out_features=d_out))
    return net
