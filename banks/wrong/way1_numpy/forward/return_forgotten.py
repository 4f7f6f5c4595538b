# mistake: returns-none
# note: everything but the return


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = h_relu.dot(w2)
