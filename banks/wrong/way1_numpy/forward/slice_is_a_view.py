# mistake: h-overwritten
# note: h[:] is a copy for lists, a view for arrays


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h[:]
    h_relu[h < 0] = 0
    return h, h_relu, h_relu @ w2
