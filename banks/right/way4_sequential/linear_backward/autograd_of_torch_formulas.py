# note: numpy inside, tensors outside

def linear_backward(x, weight, grad_out):
    a, w, g = (t.detach().cpu().numpy() for t in (x, weight, grad_out))
    results = (g @ w, g.T @ a, g.sum(axis=0))
    return tuple(torch.as_tensor(np.ascontiguousarray(r), device=x.device) for r in results)
