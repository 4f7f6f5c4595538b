# mistake: dtype-changed
# note: .float() on everything


def forward(x, w1, w2):
    x, w1, w2 = x.float(), w1.float(), w2.float()
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    return h, h_relu, h_relu.mm(w2)
