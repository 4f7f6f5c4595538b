# mistake: elementwise-product
# outcome: crashed
# note: np.multiply for the second product only


def forward(x, w1, w2):
    h = np.dot(x, w1)
    h_relu = np.maximum(h, 0)
    y_pred = np.multiply(h_relu, w2)
    return h, h_relu, y_pred
