# mistake: y-pred-from-h
# note: the wrong name in the einsum


def forward(x, w1, w2):
    h = np.einsum("ij,jk->ik", x, w1)
    h_relu = h.clip(0)
    y_pred = np.einsum("ij,jk->ik", h, w2)
    return h, h_relu, y_pred
