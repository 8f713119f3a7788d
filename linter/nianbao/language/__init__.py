"""The rule language: from a line of formula to equations over cells, and to conditions over a report's facts.

``parse`` gives the tree, ``equations`` turns it into linear equations by alignment, ``condition`` into a question that
has the answer yes, no, or "cannot be told".
"""
