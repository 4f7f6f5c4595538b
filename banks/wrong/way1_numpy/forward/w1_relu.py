# mistake: none
# note: w1 relu


def forward(x, w1, w2):
    h = x @ np.maximum(w1, 0)
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
