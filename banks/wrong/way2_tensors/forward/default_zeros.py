# mistake: dtype-changed
# outcome: crashed
# note: default zeros


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.zeros(h.shape, device=h.device)
    h_relu[h > 0] = h[h > 0]
    y_pred = h_relu.to(w2).mm(w2)
    return h, h_relu, y_pred
