# mistake: too-few-results
# note: what one wants of a network is its prediction


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    return h_relu.dot(w2)
