"""The site as it is being written: built in memory, shown in a browser, and shown anew at every save."""
