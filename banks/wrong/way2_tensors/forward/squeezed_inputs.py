# mistake: none
# outcome: crashed
# note: squeeze takes away every axis of length 1

def forward(x, w1, w2):
    h = x.squeeze().mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
