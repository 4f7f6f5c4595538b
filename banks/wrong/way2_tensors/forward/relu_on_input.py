# mistake: relu-on-input
# note: x is clamped before the product


def forward(x, w1, w2):
    h = torch.relu(x).mm(w1)
    h_relu = torch.relu(h)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
