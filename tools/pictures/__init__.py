"""Pictures of the guide for clerks, taken of the real program, and the guide as two pages of Word.

`python -m tools.pictures` plays the demonstration in a folder of its own and writes docs/办案人员/图/*.png and
交一张表.docx anew. It needs LibreOffice, pdftoppm, chromium and Chinese fonts.
"""
