# mistake: factors-swapped
# outcome: crashed
# note: W x as in the book, with samples in rows


def forward(x, w1, w2):
    h = w1.dot(x)
    h_relu = np.maximum(h, 0)
    y_pred = w2.dot(h_relu)
    return h, h_relu, y_pred
