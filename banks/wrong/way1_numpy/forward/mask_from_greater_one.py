# mistake: none
# note: mask from greater one


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h * (h > 1)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
