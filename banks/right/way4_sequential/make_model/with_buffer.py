# note: a buffer beside the parameters

def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    model.register_buffer("calls", torch.zeros(1))
    return model
