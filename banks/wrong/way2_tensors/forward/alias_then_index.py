# mistake: h-overwritten
# note: a second name, then index assignment


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h
    h_relu[h_relu < 0] = 0
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
