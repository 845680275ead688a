"""Tools for those who build the office's files. No part of the program."""
