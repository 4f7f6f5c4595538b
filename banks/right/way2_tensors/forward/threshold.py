# note: F.threshold with zero twice


def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.functional.threshold(h, 0.0, 0.0)
    return h, h_relu, h_relu @ w2
