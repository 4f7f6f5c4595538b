# mistake: order-of-results
# note: h and h_relu swapped


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    return h_relu, h, h_relu.dot(w2)
