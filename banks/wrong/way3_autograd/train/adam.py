# mistake: none
# note: another optimizer

def train(x, y, w1, w2, lr, steps):
    optimizer = torch.optim.Adam([w1, w2], lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    return losses
