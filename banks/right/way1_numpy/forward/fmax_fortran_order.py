# note: results in Fortran order, products from the transposed side


def forward(x, w1, w2):
    h = (w1.T @ x.T).T
    h_relu = np.fmax(h, 0)
    y_pred = (w2.T @ h_relu.T).T
    return h, h_relu, y_pred
