"""Values to Adaptive Cards. Pure."""
