# mistake: other-activation
# note: the activation of the previous chapter


def forward(x, w1, w2):
    h = x @ w1
    h_relu = 0.5 * (1 + np.tanh(h / 2))
    return h, h_relu, h_relu @ w2
