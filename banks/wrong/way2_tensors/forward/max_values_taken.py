# mistake: max-reduces
# note: the values of the pair: one row is left


def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.max(h, 0)[0]
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
