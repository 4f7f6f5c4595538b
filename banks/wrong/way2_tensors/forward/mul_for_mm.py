# mistake: elementwise-product
# outcome: crashed
# note: mul is the star, mm the matrix product


def forward(x, w1, w2):
    h = torch.mul(x, w1)
    h_relu = torch.relu(h)
    y_pred = torch.mul(h_relu, w2)
    return h, h_relu, y_pred
