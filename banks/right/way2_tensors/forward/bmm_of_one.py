# note: a batch of one matrix


def forward(x, w1, w2):
    h = torch.bmm(x.unsqueeze(0), w1.unsqueeze(0)).squeeze(0)
    h_relu = torch.relu(h)
    y_pred = torch.bmm(h_relu[None], w2[None])[0]
    return h, h_relu, y_pred
