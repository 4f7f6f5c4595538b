"""Work through a lesson of an unpacked kit as a student does: `python kit_walk.py ANSWERS.json` in the lesson's folder.

The environment has IPython but not the course. ANSWERS.json lists, for each exercise, the sources to put into its
blank, one after the other. The cells' output is printed as JSON, and the notebook is saved in its final state.
"""

import json
import os
import sys
from importlib.metadata import distributions
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output


def packages() -> dict[str, str]:
    return {d.metadata["Name"]: d.version for d in distributions()}


def run(shell: InteractiveShell, source: str, cell: dict | None = None) -> str:
    """Run a cell, store its display outputs in it, and return all of its output as text."""
    with capture_output() as captured:
        shell.run_cell(source, store_history=True)
    if cell is not None:
        kept = [{"data": output.data, "metadata": output.metadata} for output in captured.outputs]
        cell["outputs"] = [{"output_type": "display_data", **output} for output in kept]
    shown = [output.data.get("text/plain", "") for output in captured.outputs]
    return captured.stdout + captured.stderr + "\n".join(shown)


def main() -> None:
    answers = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    (path,) = Path().glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = {cell["id"]: cell for cell in notebook["cells"] if cell["cell_type"] == "code"}
    shell = InteractiveShell.instance()
    missing = run(shell, "".join(cells["setup"]["source"]))
    before = packages()
    for line in missing.strip().splitlines()[-1:]:  # the install command, which it shows if the package is missing
        run(shell, line)
    found = {"missing": missing, "before": before, "after": packages(), "said": {}, "errors": {}}
    for name, cell in cells.items():
        check = f"check_{name}"
        for answer in answers.get(name, [cell["source"]]):
            cell["source"] = answer
            said = run(shell, "".join(answer))
            if check in cells:
                checked = cells[check]
                found["said"].setdefault(name, []).append(run(shell, "".join(checked["source"]), checked))
            elif not name.startswith("check_") and "Traceback" in said:
                found["errors"][name] = said
    found["modules"] = sorted(
        {name.partition(".")[0] for name in sys.modules} & {"torch", "safetensors", "rich", "typer"}
    )
    path.write_text(json.dumps(notebook), encoding="utf-8")
    found["progress"] = run(shell, "check.progress()")
    os.chdir("..")
    start = json.loads(Path("START.ipynb").read_text(encoding="utf-8"))
    (points,) = ["".join(c["source"]) for c in start["cells"] if "import points" in "".join(c["source"])]
    found["points"] = run(shell, points)
    print(json.dumps(found))


main()
