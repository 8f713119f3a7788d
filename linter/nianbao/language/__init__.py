"""The rule language: from a line of text to equations over cells, and to statements over everything in a report.

``syntax`` parses an expression into a tree. ``names`` and ``alignment`` resolve its names to cells, once for each
member of an open axis. ``linear`` turns a relation between sums into equations, which ``evaluate`` judges.
``expressions`` compiles everything else into small functions (``answering``, ``values``, ``facts``) that are asked of a
report and may answer that the value is unknown.
"""
