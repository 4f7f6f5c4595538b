# mistake: y-pred-from-h
# note: h_relu is made and not used


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = h.mm(w2)
    return h, h_relu, y_pred
