# note: size_average is out of date and writes a warning; it still means the sum

def make_loss():
    return torch.nn.MSELoss(size_average=False)
