# mistake: array-not-tensor
# note: computed and returned in NumPy


def forward(x, w1, w2):
    x, w1, w2 = x.cpu().numpy(), w1.cpu().numpy(), w2.cpu().numpy()
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred
