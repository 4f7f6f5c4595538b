# mistake: global-not-argument
# note: a network without arguments, from the notebook's tensors


def network():
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    return h, h_relu, h_relu.mm(w2)


def forward(x, w1, w2):
    return network()
