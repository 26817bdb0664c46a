"""Dutch text to values. Pure: the text, the time and the known names go in, one Understanding comes out."""
