# note: the method relu


def forward(x, w1, w2):
    h = torch.mm(x, w1)
    h_relu = h.relu()
    y_pred = torch.mm(h_relu, w2)
    return h, h_relu, y_pred
