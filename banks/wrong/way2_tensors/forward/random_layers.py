# mistake: none
# outcome: crashed
# note: random layers


def forward(x, w1, w2):
    model = torch.nn.Sequential(torch.nn.Linear(x.shape[1], w1.shape[1]), torch.nn.ReLU())
    h = x @ w1
    h_relu = model(x).detach()
    return h, h_relu, h_relu @ w2
