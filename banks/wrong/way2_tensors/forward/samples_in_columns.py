# mistake: batch-axis-last
# note: one sample per column: every result is a transpose


def forward(x, w1, w2):
    h = w1.t().mm(x.t())
    h_relu = h.clamp(min=0)
    return h, h_relu, w2.t().mm(h_relu)
