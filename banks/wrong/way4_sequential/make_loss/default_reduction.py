# mistake: mean-not-sum
# note: the default averages

def make_loss():
    return torch.nn.MSELoss()
