# mistake: global-not-argument
# outcome: fail
# note: hands back the model the notebook already has

def make_model(d_in, d_h, d_out):
    return model
