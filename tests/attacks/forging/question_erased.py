# attack: find the questions in memory and make them easy: no questions, or all zero
# place: way1_numpy first
# expect: graded 0
# ruff: noqa

import gc

for thing in gc.get_objects():
    if type(thing).__name__ == "Question":
        for array in thing.inputs.values():
            array.flags.writeable = True
            array[...] = 0
        thing.options["results"] = []
