# mistake: absolute-value
# note: the square takes the sign away, the root brings the size back


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.pow(2).sqrt()
    return h, h_relu, h_relu @ w2
