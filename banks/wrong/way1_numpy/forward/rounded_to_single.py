# mistake: dtype-changed
# note: everything in float32, because networks use float32


def forward(x, w1, w2):
    h = x.astype(np.float32) @ w1.astype(np.float32)
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2.astype(np.float32)
    return h, h_relu, y_pred
