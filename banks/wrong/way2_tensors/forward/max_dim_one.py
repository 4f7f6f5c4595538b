# mistake: max-reduces
# outcome: crashed
# note: max dim one


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.max(h, dim=1).values
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
