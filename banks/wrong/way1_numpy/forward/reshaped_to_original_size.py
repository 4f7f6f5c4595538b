# mistake: sizes-fixed
# outcome: crashed
# note: reshape makes sure of the size: at other sizes it raises


def forward(x, w1, w2):
    h = x.dot(w1).reshape(64, 100)
    h_relu = np.maximum(0, h)
    y_pred = h_relu.dot(w2).reshape(64, 10)
    return h, h_relu, y_pred
