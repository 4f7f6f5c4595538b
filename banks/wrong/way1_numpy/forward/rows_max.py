# mistake: max-reduces
# note: rows max


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.max(h, axis=1, keepdims=True)
    y_pred = h_relu * w2.sum(0)
    return h, h_relu, y_pred
