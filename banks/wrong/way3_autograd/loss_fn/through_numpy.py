# mistake: graph-cut
# note: np.maximum was known from the first way

def loss_fn(x, y, w1, w2):
    h = x.mm(w1).detach().cpu().numpy()
    h_relu = torch.from_numpy(np.maximum(h, 0)).to(x.device)
    y_pred = h_relu.mm(w2)
    return (y_pred - y).pow(2).sum()
