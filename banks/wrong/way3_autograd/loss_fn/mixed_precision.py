# mistake: none
# note: autocast makes bfloat16 of float32

def loss_fn(x, y, w1, w2):
    with torch.autocast(x.device.type, dtype=torch.bfloat16):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred.to(y.dtype) - y).pow(2).sum()
    return loss
