# mistake: none
# note: autocast makes bfloat16 of float32

def forward(x, w1, w2):
    with torch.autocast(x.device.type, dtype=torch.bfloat16):
        h = x.mm(w1).to(x.dtype)
        h_relu = h.clamp(min=0)
        y_pred = h_relu.mm(w2).to(x.dtype)
    return h, h_relu, y_pred
