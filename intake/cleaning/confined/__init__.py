"""What runs in the confined process: it reads a file, writes a copy, and can do nothing else.

Nothing outside imports from here, but tests: `start.py` is run as a program.
"""
