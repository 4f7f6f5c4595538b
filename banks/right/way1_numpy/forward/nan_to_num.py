# note: nan to num


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.nan_to_num(np.where(h > 0, h, np.nan))
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
