# mistake: returns-none
# note: built and forgotten

def make_loss():
    loss_fn = torch.nn.MSELoss(reduction="sum")
