"""What the sub-commands of ``citebot`` do, a module for each group of chores."""
