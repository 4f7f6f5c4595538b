# mistake: other-activation
# note: the activation of the language models


def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.functional.gelu(h)
    return h, h_relu, h_relu @ w2
