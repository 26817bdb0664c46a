"""Files from outside: bytes to values and back."""
