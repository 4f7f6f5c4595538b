# mistake: other-activation
# note: F.softplus, close to a ReLU


def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.functional.softplus(h)
    return h, h_relu, h_relu @ w2
