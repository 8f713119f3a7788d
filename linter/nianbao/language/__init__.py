"""The rule language: from a line of formula to equations over cells, and to statements over all that a report says.

``syntax`` gives the tree; ``names`` and ``alignment`` say which cells its names mean, once for each member left open.
``linear`` makes equations of what is a relation between sums, for ``evaluate`` to judge; ``expressions`` puts all else
together of parts that are asked of reports (``asking``, ``values``, ``facts``) and may not be known.
"""
