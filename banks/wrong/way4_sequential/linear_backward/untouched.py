# mistake: none
# outcome: not_attempted
# note: the blank as it was handed out

def linear_backward(x, weight, grad_out):
    raise NotImplementedError()
