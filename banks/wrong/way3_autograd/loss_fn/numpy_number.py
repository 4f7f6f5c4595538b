# mistake: loss-is-a-number
# note: a NumPy scalar has no history either

def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return np.square((y_pred - y).detach().cpu().numpy()).sum()
