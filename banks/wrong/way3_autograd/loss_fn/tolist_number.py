# mistake: loss-is-a-number
# note: tolist of one number

def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).relu().mm(w2)
    loss = torch.nn.functional.mse_loss(y_pred, y, reduction="sum")
    return loss.tolist()
