"""For the people who write rules: what a file may hold, files to begin with, and what a change changes."""
