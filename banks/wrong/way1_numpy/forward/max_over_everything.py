# mistake: max-reduces
# outcome: crashed
# note: max over everything


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.max(h)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
