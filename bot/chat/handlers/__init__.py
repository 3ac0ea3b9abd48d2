"""What the bot does with each kind of update. ``routes`` lists all of it, in order."""
