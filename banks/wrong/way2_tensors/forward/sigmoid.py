# mistake: other-activation
# note: torch.sigmoid


def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.sigmoid(h)
    return h, h_relu, h_relu @ w2
