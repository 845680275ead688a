"""`python -m paperwork`: the command line by the interpreter that has the program, as a service starts it."""

from paperwork.cli import main

if __name__ == "__main__":
    main()
