# mistake: relu-on-input
# note: x through the activation, h not


def forward(x, w1, w2):
    x_relu = np.where(x > 0, x, 0)
    h = x_relu @ w1
    h_relu = np.maximum(h, 0)
    return h, h_relu, h_relu @ w2
