# mistake: none
# note: four results


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return x, h, h_relu, y_pred
