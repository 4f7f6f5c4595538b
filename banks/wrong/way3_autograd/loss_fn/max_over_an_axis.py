# mistake: max-reduces
# outcome: crashed
# note: torch.max with an axis gives a pair

def loss_fn(x, y, w1, w2):
    h_relu = torch.max(x.mm(w1), 0)
    return (h_relu.mm(w2) - y).pow(2).sum()
