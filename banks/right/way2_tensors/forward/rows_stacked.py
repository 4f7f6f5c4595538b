# note: a sample at a time, then stacked


def forward(x, w1, w2):
    h = torch.stack([sample @ w1 for sample in x])
    h_relu = torch.stack([row.clamp(0) for row in h])
    y_pred = torch.stack([row @ w2 for row in h_relu])
    return h, h_relu, y_pred
