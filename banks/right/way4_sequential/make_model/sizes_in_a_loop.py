import torch.nn as nn


def make_model(d_in, d_h, d_out):
    sizes = [d_in, d_h, d_out]
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers.extend([nn.Linear(a, b), nn.ReLU()])
    return nn.Sequential(*layers[:-1])
