# mistake: batch-axis-last
# note: dot of columns


def forward(x, w1, w2):
    h = (x @ w1).T
    h_relu = np.maximum(h, 0)
    y_pred = (h_relu.T @ w2).T
    return h, h_relu, y_pred
