# mistake: global-not-argument
# note: a function without arguments reads the notebook's arrays


def network():
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    return h, h_relu, h_relu.dot(w2)


def forward(x, w1, w2):
    return network()
