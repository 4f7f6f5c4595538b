# mistake: none
# note: straight from the inputs to the outputs

def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_out), torch.nn.ReLU())
