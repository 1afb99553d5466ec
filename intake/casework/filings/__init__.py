"""Reports that a member writes for somebody else: a lawyer's for a client, what staff record.

A filing is a paper sealed to its member (`team/papers.py`). Before it is sent it carries what
the form was born with, which opens the draft; afterwards the key of the conversation alone.
"""
