# mistake: none
# note: absolute h


def forward(x, w1, w2):
    h = np.abs(x @ w1)
    h_relu = h
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
