"""Annex A: the lists of children that Ofsted asks of a council, read month by month.

The form is data: ``tables.csv`` (the lists, and the months each looks back over), ``columns.csv``
(their columns and how headings may be worded), ``spellings.csv`` (how councils write the answers),
``wordings.csv`` (how the lists themselves word the codes of SSDA903 and CIN). ``form`` reads them.
"""
