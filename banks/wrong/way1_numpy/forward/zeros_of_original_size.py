# mistake: sizes-fixed
# outcome: crashed
# note: a table of 64 by 100 is filled in row by row


def forward(x, w1, w2):
    h = np.zeros((64, 100))
    for i in range(len(x)):
        h[i] = x[i] @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
