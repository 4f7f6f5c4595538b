# mistake: array-not-tensor
# note: h and y_pred are tensors, h_relu is an array


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = np.maximum(h.cpu().numpy(), 0)
    y_pred = torch.from_numpy(h_relu).to(h.device).mm(w2)
    return h, h_relu, y_pred
