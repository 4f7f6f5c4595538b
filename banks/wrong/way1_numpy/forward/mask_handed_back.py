# mistake: relu-is-mask
# note: the mask in the middle, the product with what it lets through

def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = (h > 0).astype(h.dtype)
    y_pred = (h * h_relu).dot(w2)
    return h, h_relu, y_pred
