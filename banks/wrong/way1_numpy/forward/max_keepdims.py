# mistake: max-reduces
# note: the axis is kept with length one: broadcasting could hide it


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.amax(h, axis=0, keepdims=True)
    return h, h_relu, h_relu @ w2
