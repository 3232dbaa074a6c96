"""The Standard Safeguarding Dataset: a table for each kind of record, read month by month.

The form is data: ``tables.csv`` and ``columns.csv``, whose ``key`` and ``refers`` say how tables
hang together; ``keys`` looks for numbers that lead nowhere.
"""
