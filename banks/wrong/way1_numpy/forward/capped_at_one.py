# mistake: relu-capped
# note: clip wants two bounds, so the top got one as well


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.clip(h, 0, 1)
    return h, h_relu, h_relu @ w2
