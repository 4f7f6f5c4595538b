# mistake: function-not-module
# outcome: crashed
# note: clamp as in the third way, in a lambda

def make_model(d_in, d_h, d_out):
    relu = lambda h: h.clamp(min=0)
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), relu, torch.nn.Linear(d_h, d_out))
