"""What assistants ask of a built site: its JSON → bounded answers → tools of the Model Context Protocol.

No model is inside, and nothing is written.
"""
