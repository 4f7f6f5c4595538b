# mistake: function-not-module
# outcome: crashed
# note: a function is no module
import torch.nn.functional as F


def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), F.relu, torch.nn.Linear(d_h, d_out))
