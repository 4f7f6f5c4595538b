# mistake: none
# note: autocast makes bfloat16 of float32

def loss_fn(y_pred, y):
    d = y_pred - y
    with torch.autocast(d.device.type, dtype=torch.bfloat16):
        return d.t().mm(d).trace().item()
