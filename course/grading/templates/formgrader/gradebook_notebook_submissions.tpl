{% extends "nbgrader/gradebook_notebook_submissions.tpl" %}
{% block messages %}{{ super() }} {% include "all_written.html" %}{% endblock %}
