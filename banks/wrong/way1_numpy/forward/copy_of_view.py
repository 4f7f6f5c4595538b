# mistake: h-overwritten
# note: copy of view


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.view()
    h_relu[h_relu < 0] = 0
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
