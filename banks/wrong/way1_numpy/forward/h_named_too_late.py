# mistake: h-overwritten
# note: h is the name of what comes after the activation


def forward(x, w1, w2):
    h = np.maximum(x @ w1, 0)
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
