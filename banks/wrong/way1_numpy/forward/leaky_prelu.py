# mistake: leaky-relu
# note: leaky prelu


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.where(h < 0, 0.25 * h, h)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
