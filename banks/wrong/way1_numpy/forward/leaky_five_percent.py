# mistake: leaky-relu
# note: leaky five percent


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(0.05 * h, h)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
