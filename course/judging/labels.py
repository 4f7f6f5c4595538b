"""Labels of a verdict's rows and outcomes. A quantity without a label is shown under its name in the code."""

from __future__ import annotations

from course.language import later, say

LABELS = {
    "all_parameters": later("it holds all parameters of the model"),
    "built_anew": later("a second call shares nothing with the first"),
    "class": later("it is of the class asked for"),
    "continues": later("a second call goes on where the first ended"),
    "device_honoured": later("made on the device asked for"),
    "drew": later("rng was drawn from"),
    "dtypes": later("the dtype asked for"),
    "first_kept": later("a second call leaves the first gradients as they were"),
    "gave_prediction": later("forward returns something"),
    "grad_h_relu_unchanged": later("the gradient handed in is left as it was"),
    "grad_unchanged": later("grad is left as it was"),
    "gradients": later("the gradients of all parameters"),
    "h_unchanged": later("h is left as it was"),
    "has_forward": later("it has a method forward"),
    "has_history": later("the loss knows where it comes from"),
    "is_callable": later("it can be called as loss_fn(y_pred, y)"),
    "is_function": later("it is a torch.autograd.Function"),
    "is_module": later("it is a torch.nn.Module"),
    "is_optimizer": later("it is an optimizer of torch.optim"),
    "leaf": later("w1 and w2 are leaves"),
    "learning_rate": later("its learning rate is lr"),
    "learns": later("the gradient reaches every parameter"),
    "made_again": later("a second call makes an optimizer of its own"),
    "nothing_filled": later("it leaves going backward to others"),
    "parameters": later("the parameters of the model"),
    "reached": later("the gradient reaches w1 and w2"),
    "records": later("w1 and w2 require grad"),
    "same_again": later("a second call gives its own gradients"),
    "separate_draws": later("each array has numbers of its own"),
    "steps": later("three steps lead where they should"),
    "still_leaf": later("what was trained still records"),
    "usual_options": later("all other options have their defaults"),
    "varied_start": later("the weights start different from each other"),
    "w1_dtype": later("w1 has the dtype asked for"),
    "w2_dtype": later("w2 has the dtype asked for"),
    "x_dtype": later("x has the dtype asked for"),
    "y_dtype": later("y has the dtype asked for"),
    "y_pred again": later("y_pred for other data"),
}

# Outcomes of a check. A check stopped by the student has the outcome "timed_out" but is shown as "stopped".
OUTCOMES = {
    "pass": later("passed"),
    "fail": later("not yet"),
    "not_attempted": later("not attempted"),
    "crashed": later("crashed"),
    "not_run": later("not run"),
    "timed_out": later("timed out"),
    "refused": later("refused"),
    "stopped": later("stopped"),
}


def name_of(row: str) -> str:
    """Return a quantity's name in a sentence: its name in the code and, if there are several, which one it is."""
    name, _, step = row.partition(" after step ")
    if step:
        return say("{name} after step {n}", name=name, n=step)
    return say("{name} again", name=row.removesuffix(" again")) if row.endswith(" again") else row


def label_of(row: str) -> str:
    """Return a row's label in a list of rows."""
    return say(LABELS[row]) if row in LABELS else name_of(row)
