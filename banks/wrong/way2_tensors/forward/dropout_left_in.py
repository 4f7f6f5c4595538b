# mistake: none
# note: a dropout from another notebook, random at every call


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.nn.functional.dropout(h.clamp(min=0), p=0.5)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
