# mistake: factors-swapped
# outcome: crashed
# note: w1.mm(x)


def forward(x, w1, w2):
    h = w1.mm(x)
    h_relu = h.clamp(min=0)
    y_pred = w2.mm(h_relu)
    return h, h_relu, y_pred
