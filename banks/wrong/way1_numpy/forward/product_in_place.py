# mistake: h-overwritten
# note: *= works on the array itself


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h
    h_relu *= h > 0
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
