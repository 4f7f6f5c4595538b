"""nbgrader's settings for this course; every nbgrader command and formgrader read them."""

import contextlib
import os
import sys
from pathlib import Path

from course.grading.formgrader import extend_formgrader, finish_feedback, template_folders

c = get_config()  # traitlets puts this name here when it reads the file; the importable one is another

COURSE = Path(__file__).resolve().parent

# To make a gradebook nbgrader runs `alembic` by name. It lies beside this Python, and that folder is not on
# the PATH where an environment is used without being activated.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])

c.CourseDirectory.course_id = "two-layer-network"
# The folder this file lies in, so that formgrader finds the course wherever JupyterLab was started.
c.CourseDirectory.root = str(COURSE)

# The gradebook is the file gradebook.db in this folder. Several graders at once share one on a PostgreSQL server; its
# address comes from outside, because this file is handed to others. docs/scaling.md says how.
if os.environ.get("COURSE_DB_URL"):
    c.CourseDirectory.db_url = os.environ["COURSE_DB_URL"]

# release/ is checked in. Without this, generate_assignment would skip each lesson that lies there, and the
# gradebook would never hear of it. The build is reproducible: what it writes is what was there.
c.GenerateAssignment.force = True

# What nbgrader makes in this folder is its owner's alone; what goes to the exchange gets rights of its own. Whoever
# grades with others sets CourseDirectory.groupshared, and 0o007 here: docs/privacy.md.
os.umask(0o077)

# nbgrader's own default is a folder of the system, which exists nowhere and is not ours to make. Where students have
# accounts on this machine, COURSE_EXCHANGE is a folder outside, so that nobody has to be let into this one.
EXCHANGE = COURSE / (os.environ.get("COURSE_EXCHANGE") or "exchange")
c.Exchange.root = str(EXCHANGE)
c.Exchange.cache = str(COURSE / ".course" / "nbgrader_cache")
# formgrader and `nbgrader list` stop at an exchange that is not there; a read-only clone does without one.
with contextlib.suppress(OSError):
    EXCHANGE.mkdir(exist_ok=True)
# A page that nobody can fetch does not keep the others from going out, nor does a link lead the collector astray.
c.ExchangeFactory.release_feedback = "course.grading.exchange.ReleaseFeedback"
c.ExchangeFactory.collect = "course.grading.exchange.Collect"

# Validate runs a whole notebook; on a busy machine its first cells take longer than nbgrader's own 30 seconds.
c.Execute.timeout = 120

# Student code does not run in the instructor's kernel: it runs confined, and its answers are judged outside.
# docs/grading.md says how; without these lines nbgrader grades the same notebooks with its own, weaker means.
c.Autograde.exporter_class = "course.grading.preprocessors.Reading"
c.Autograde.post_convert_hook = "course.grading.preprocessors.leave_only_the_notebook"
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "course.grading.preprocessors.Examine",
    "nbgrader.preprocessors.IgnorePattern",
    "nbgrader.preprocessors.LimitOutput",
    "course.grading.preprocessors.SaveGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
# What a student wrote is shown as text, and not without end: nothing of a submission acts in a reader's browser. The
# first setting is for outputs; nbgrader's templates do not ask it for prose and names, and the pages of formgrader
# itself not at all.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {
    "markdown2html": "course.grading.pages.prose",
    "clean_html": "course.grading.pages.output",
    "strip_files_prefix": "course.grading.pages.unchanged",
}
c.HTMLExporter.preprocessors = [
    "course.grading.pages.PlainNames",
    "course.grading.layout.Layout",
    "course.grading.mark_scheme.ShowMarkScheme",
    "course.grading.reaches.ShowToLookAt",
    "course.grading.pages.Shortened",
]
# Both pages are nbgrader's own, with a summary on top and the lesson's text folded: the course's templates come first.
c.HTMLExporter.template_file = "course.html"
c.HTMLExporter.extra_template_basedirs = template_folders()
c.HTMLExporter.exclude_input_prompt = c.HTMLExporter.exclude_output_prompt = True
# What students get shows no hidden test; an instructor sees them in formgrader.
c.GenerateFeedback.preprocessors = [
    "course.grading.layout.Grades",
    "course.grading.hidden.WithoutHiddenTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
# nbgrader's log says names as they are; control characters in them would be obeyed by the terminal.
c.Application.logging_config = {"formatters": {"console": {"class": "course.grading.logs.PlainFormatter"}}}
# A name that begins like a formula is text in the instructor's spreadsheet.
c.ExportApp.plugin_class = "course.grading.export.CsvExport"
# Names are text on formgrader's own pages, too, and there is one more: all answers to a written question in a row.
extend_formgrader()
finish_feedback()
