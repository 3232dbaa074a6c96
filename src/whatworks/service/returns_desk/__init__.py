"""The Returns desk: a council sends its returns in, and reads what was found in them."""
