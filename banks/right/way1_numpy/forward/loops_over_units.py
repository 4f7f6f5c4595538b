# note: explicit loops: one column for each unit


def forward(x, w1, w2):
    n, d_h, d_out = x.shape[0], w1.shape[1], w2.shape[1]
    h = np.zeros((n, d_h), dtype=x.dtype)
    for j in range(d_h):
        h[:, j] = (x * w1[:, j]).sum(axis=1)
    h_relu = np.zeros_like(h)
    h_relu[h > 0] = h[h > 0]
    y_pred = np.zeros((n, d_out), dtype=x.dtype)
    for k in range(d_out):
        y_pred[:, k] = (h_relu * w2[:, k]).sum(axis=1)
    return h, h_relu, y_pred
