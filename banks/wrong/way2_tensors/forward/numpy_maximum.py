# mistake: array-not-tensor
# note: numpy maximum


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = np.maximum(h.numpy(), 0)
    y_pred = h_relu.dot(w2.numpy())
    return h, h_relu, y_pred
