# mistake: forward-in-no-grad
# note: the other switch

def loss_fn(x, y, w1, w2):
    with torch.inference_mode():
        return (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
