# mistake: none
# note: a function of x instead of a module

def make_model(d_in, d_h, d_out):
    first, second = torch.nn.Linear(d_in, d_h), torch.nn.Linear(d_h, d_out)

    def model(x):
        return second(torch.relu(first(x)))

    return model
