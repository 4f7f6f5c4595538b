# mistake: leaky-relu
# note: two mistakes leaky and output


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.where(h > 0, h, 0.01 * h)
    y_pred = np.maximum(h_relu @ w2, 0)
    return h, h_relu, y_pred
