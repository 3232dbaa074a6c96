"""``python -m whatworks``: the command line, where no script is on the path."""

from whatworks.cli import main

if __name__ == "__main__":
    main()
