# mistake: returns-none
# note: printed, not returned


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    print(h.shape, h_relu.shape, y_pred.shape)
