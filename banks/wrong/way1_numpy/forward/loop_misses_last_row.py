# mistake: none
# note: range stops one row too early


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.zeros_like(h)
    for i in range(h.shape[0] - 1):
        h_relu[i] = np.maximum(h[i], 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
