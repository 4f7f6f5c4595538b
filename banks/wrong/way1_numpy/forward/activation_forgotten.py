# mistake: no-relu
# note: the second name is only a second name


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = h
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred
