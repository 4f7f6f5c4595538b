# mistake: other-loss
# note: the loss of a classifier

def make_loss():
    return torch.nn.CrossEntropyLoss(reduction="sum")
