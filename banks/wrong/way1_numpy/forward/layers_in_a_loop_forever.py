# mistake: none
# outcome: timed_out
# note: a while loop whose condition never changes


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.copy()
    while h.min() < 0:
        h_relu = np.maximum(h_relu, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
