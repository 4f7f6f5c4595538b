# mistake: module-not-function
# note: a layer in place of a Function

class ReLU(torch.nn.Module):
    def forward(self, x):
        return x.clamp(min=0)

    def backward(self, grad_output):
        return grad_output
