"""How the bureau's document templates were first made.

The .docx files under `templates/documents/` are the truth: the bureau changes them in Word, WPS or LibreOffice, and
nothing here is run to render a document. `python -m tools.templates KIND…` makes the named ones anew, for those who
add a kind or would begin again; it overwrites what stands there. One module per document, named after its kind, with
`build() -> Paper`; `layout` gives page and paragraphs, `tables` the forms.
"""
