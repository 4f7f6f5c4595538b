# mistake: relu-is-mask
# note: the mask turned into numbers


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.where(h > 0, 1.0, 0.0)
    return h, h_relu, h_relu @ w2
