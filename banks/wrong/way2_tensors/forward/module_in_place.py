# mistake: h-overwritten
# note: ReLU(inplace=True) to save memory


def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.ReLU(inplace=True)(h)
    return h, h_relu, h_relu @ w2
