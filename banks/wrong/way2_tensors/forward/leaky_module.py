# mistake: leaky-relu
# note: the module, slope written out


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.nn.LeakyReLU(negative_slope=0.01)(h)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
