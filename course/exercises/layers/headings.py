"""Headings of the fourth lesson that messages send back to."""

MODEL_SECTION, LOSS_SECTION, OBJECTS, BACKWARD_SECTION, TRAIN_SECTION, ADD_UP, LOOP, ONE_LAYER, PARAMETERS = (
    "Build the model",
    "Build the loss",
    "The loss as an object",
    "Backward through one linear layer",
    "Train over all parameters",
    "Gradients add up",
    "Why the update becomes a loop",
    "One linear layer",
    "Four parameters with names",
)
