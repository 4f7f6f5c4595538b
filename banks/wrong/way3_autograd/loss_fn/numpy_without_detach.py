# mistake: graph-cut
# outcome: crashed
# note: np.maximum on a tensor that records

def loss_fn(x, y, w1, w2):
    h_relu = np.maximum(x.mm(w1).numpy(), 0)
    return (torch.from_numpy(h_relu).mm(w2) - y).pow(2).sum()
