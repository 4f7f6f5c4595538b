# mistake: function-not-module
# outcome: crashed
# note: the parentheses behind ReLU

def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU, torch.nn.Linear(d_h, d_out))
