# mistake: global-not-argument
# outcome: crashed
# note: a global cache that forward filled

cache = {}


def forward(x, w1, w2):
    h = x @ w1
    r = np.maximum(h, 0)
    cache.update(x=x, h=h, r=r)
    return h, r, r @ w2


forward(x, w1, w2)


def backward(x, y, w2, h, h_relu, y_pred):
    g = 2 * (y_pred - y)
    gr = g @ w2.T
    gh = gr * (cache["h"] > 0)
    return g, cache["r"].T @ g, gr, gh, cache["x"].T @ gh
