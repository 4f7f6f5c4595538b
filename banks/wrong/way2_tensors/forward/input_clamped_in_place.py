# mistake: inputs-changed
# note: relu_ on x: two mistakes, the arguments are changed first


def forward(x, w1, w2):
    h = x.relu_().mm(w1)
    h_relu = torch.relu(h)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
