"""England: published figures of every council, and councils compared fairly."""
