# mistake: too-few-results
# note: one line, one result


def forward(x, w1, w2):
    return x.mm(w1).clamp(min=0).mm(w2)
