# note: the difference of what .grad held before and holds now

def gradients(x, y, w1, w2):
    before = [torch.zeros_like(w) if w.grad is None else w.grad.clone() for w in (w1, w2)]
    loss_fn(x, y, w1, w2).backward()
    return [w.grad - b for w, b in zip((w1, w2), before)]
