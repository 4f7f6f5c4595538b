# mistake: h-overwritten
# note: relu underscore


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.relu_(h)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
