# mistake: h-overwritten
# note: detach shares the numbers with h


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.detach()
    h_relu.relu_()
    return h, h_relu, h_relu @ w2
