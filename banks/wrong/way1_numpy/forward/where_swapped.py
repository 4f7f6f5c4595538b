# mistake: relu-wrong-side
# note: the two branches of where swapped


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.where(h > 0, 0, h)
    return h, h_relu, h_relu @ w2
