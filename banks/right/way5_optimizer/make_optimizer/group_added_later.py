def make_optimizer(model, lr):
    params = list(model.parameters())
    optimizer = torch.optim.Adam(params[:1], lr=lr)
    optimizer.add_param_group({"params": params[1:]})
    return optimizer
