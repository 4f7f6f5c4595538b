# mistake: absolute-value
# note: abs


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.abs()
    return h, h_relu, h_relu.mm(w2)
