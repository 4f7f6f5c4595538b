# mistake: relu-on-output
# note: negative predictions set to zero


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h * (h > 0)
    y_pred = h_relu @ w2
    y_pred[y_pred < 0] = 0
    return h, h_relu, y_pred
