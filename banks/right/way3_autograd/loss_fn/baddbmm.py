# note: a batch of one

def loss_fn(x, y, w1, w2):
    h = torch.bmm(x.unsqueeze(0), w1.unsqueeze(0)).clip(min=0)
    d = torch.baddbmm(-y.unsqueeze(0), h, w2.unsqueeze(0))
    return d.square().sum()
