# note: clamp_min, and F.linear with turned weights


def forward(x, w1, w2):
    h = torch.nn.functional.linear(x, w1.t())
    h_relu = torch.clamp_min(h, 0)
    y_pred = torch.nn.functional.linear(h_relu, w2.T)
    return h, h_relu, y_pred
