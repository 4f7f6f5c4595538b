# mistake: loss-rewrapped
# note: silences "does not require grad" and nothing else

def loss_fn(x, y, w1, w2):
    with torch.no_grad():
        loss = (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
    loss.requires_grad = True
    return loss
