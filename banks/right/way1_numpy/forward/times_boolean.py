# note: product with a mask: gives minus zero where the unit is off


def forward(x, w1, w2):
    h = np.dot(x, w1)
    on = h > 0
    h_relu = h * on
    y_pred = np.dot(h_relu, w2)
    return h, h_relu, y_pred
