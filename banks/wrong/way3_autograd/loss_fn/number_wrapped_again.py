# mistake: loss-rewrapped
# note: item() first, then a tensor that asks for gradients

def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y).pow(2).sum().item()
    return torch.tensor(loss, dtype=x.dtype, device=x.device, requires_grad=True)
