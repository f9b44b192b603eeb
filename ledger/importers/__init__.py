"""Foreign formats → texts of content files, with what those formats could not say."""
