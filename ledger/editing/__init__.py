"""What changes content files on an editor's behalf."""
