"""Several people out of one table: what its cells say, and a draft for each row.

A table is read in steps: bytes become text (`text`), text becomes rows of cells (`sheets`), a
cell becomes an answer or a fault (`cells`), a row becomes a draft (`rows`). Nothing that was
typed is lost on the way: what cannot be read stays as it was typed, or goes into the story.
"""
