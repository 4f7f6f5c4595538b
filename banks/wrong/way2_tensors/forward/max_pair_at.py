# mistake: max-reduces
# outcome: crashed
# note: max pair at


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.max(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
