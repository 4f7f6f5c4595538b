# mistake: loss-is-a-number
# note: backward inside, and a number for the plot

def loss_fn(x, y, w1, w2):
    loss = (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
    loss.backward()
    return loss.item()
