# mistake: weights-transposed
# outcome: crashed
# note: F.linear turns the weight by itself


def forward(x, w1, w2):
    h = torch.nn.functional.linear(x, w1)
    h_relu = torch.relu(h)
    y_pred = torch.nn.functional.linear(h_relu, w2)
    return h, h_relu, y_pred
