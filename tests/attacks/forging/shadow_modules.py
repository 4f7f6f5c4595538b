# attack: leave modules that shadow what the grader may import next
# place: way1_numpy first
# expect: graded 0
# ruff: noqa

from pathlib import Path

for name in ("numpy", "json", "struct", "course", "safetensors", "sitecustomize", "usercustomize"):
    Path(f"{name}.py").write_text("raise SystemExit(0)\n")
