"""`python -m intake.cli`: the command, where its script is not on the path."""

from intake.cli import main

if __name__ == "__main__":
    main(prog_name="intake")
