# mistake: relu-is-mask
# note: the mask, in the tensor's dtype


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = (h > 0).to(h.dtype)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
