"""Headings of the third lesson that messages send back to."""

WEIGHTS_SECTION, LOSS_SECTION, ADD_UP, GRADIENTS_SECTION, TRAIN_SECTION, RECORDING, SHAPES = (
    "Make the weights",
    "The loss as a tensor",
    "Gradients add up",
    "Ask for the gradients",
    "The training loop",
    "Update without recording",
    "First the shapes",
)
