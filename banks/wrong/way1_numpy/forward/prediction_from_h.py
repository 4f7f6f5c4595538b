# mistake: y-pred-from-h
# note: h_relu is made and not used


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = h.dot(w2)
    return h, h_relu, y_pred
