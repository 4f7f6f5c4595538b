# mistake: if-on-array
# outcome: crashed
# note: an if for a whole array


def forward(x, w1, w2):
    h = x.dot(w1)
    if h > 0:
        h_relu = h
    else:
        h_relu = 0 * h
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred
