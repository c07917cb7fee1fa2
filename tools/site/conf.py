"""How Sphinx builds the course's site; `make site` puts the sources beside this file."""

project = "Optimización de hiperparámetros"
author = "El equipo del curso"
copyright = "código BSD de 3 cláusulas; texto y figuras CC BY 4.0"
language = "es"

extensions = ["myst_nb"]
exclude_patterns = ["_build", "**/.ipynb_checkpoints"]
myst_heading_anchors = 3
suppress_warnings = [
    "mystnb.unknown_mime_type",  # controls of widgets, which need a kernel: a sentence says so
    "misc.highlighting_failure",  # cells with a % line are no plain Python
]

# Outputs are the stored ones, whole and as they are.
nb_execution_mode = "off"
nb_merge_streams = True
nb_render_markdown_format = "myst"
nb_code_prompt_show = "Mostrar la respuesta"  # only answers to predictions are folded
nb_code_prompt_hide = "Ocultar la respuesta"

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["_static"]
html_css_files = ["course.css"]
html_theme_options = {
    "show_toc_level": 2,
    "home_page_in_toc": True,
    "use_download_button": True,
    "use_fullscreen_button": False,
    "navbar_persistent": [],  # one search field is enough
    "search_bar_text": "Buscar...",
    "extra_footer": "Hecho con los cuadernos del curso, sin cambiar una salida.",
}
html_copy_source = True  # the button that downloads a page gives the notebook itself
html_show_sourcelink = False

# Nothing is fetched when a page is read: no controls of widgets, no formulas from elsewhere.
nb_ipywidgets_js: dict[str, dict[str, str]] = {}
