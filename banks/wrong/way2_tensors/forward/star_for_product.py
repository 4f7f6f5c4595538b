# mistake: elementwise-product
# outcome: crashed
# note: the star sign


def forward(x, w1, w2):
    h = x * w1
    h_relu = h.clamp(min=0)
    y_pred = h_relu * w2
    return h, h_relu, y_pred
