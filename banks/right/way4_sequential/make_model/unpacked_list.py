import torch.nn as nn


def make_model(d_in, d_h, d_out):
    layers = [nn.Linear(d_in, d_h)]
    layers += [nn.ReLU()]
    layers += [nn.Linear(d_h, d_out)]
    return nn.Sequential(*layers)
