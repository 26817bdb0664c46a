"""Talk about actions: what is still to be done, and what becomes of it."""
