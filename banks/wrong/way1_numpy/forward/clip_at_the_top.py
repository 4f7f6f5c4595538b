# mistake: relu-wrong-side
# note: clip with max instead of min


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.clip(max=0)
    return h, h_relu, h_relu @ w2
