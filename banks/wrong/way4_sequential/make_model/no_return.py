# mistake: returns-none
# note: built and forgotten

def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
