# mistake: none
# note: autocast makes bfloat16 of float32

def make_loss():
    def loss(y_pred, y):
        d = (y_pred - y).reshape(1, -1)
        with torch.autocast(d.device.type, dtype=torch.bfloat16):
            loss = d.mm(d.t())
        return loss.to(y.dtype).squeeze()

    return loss
