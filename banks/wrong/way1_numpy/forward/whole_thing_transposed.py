# mistake: batch-axis-last
# note: one sample per column: every result is a transpose


def forward(x, w1, w2):
    h = w1.T @ x.T
    h_relu = np.maximum(h, 0)
    y_pred = w2.T @ h_relu
    return h, h_relu, y_pred
