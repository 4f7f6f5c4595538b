# mistake: weights-transposed
# outcome: crashed
# note: w.T as nn.Linear does it


def forward(x, w1, w2):
    h = x @ w1.T
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2.T
    return h, h_relu, y_pred
