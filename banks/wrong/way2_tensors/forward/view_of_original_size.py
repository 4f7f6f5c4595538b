# mistake: sizes-fixed
# note: view(N, D_H) with the notebook's sizes


def forward(x, w1, w2):
    h = x.mm(w1).view(N, D_H)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2).view(N, D_OUT)
    return h, h_relu, y_pred
