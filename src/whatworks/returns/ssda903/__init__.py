"""SSDA903: the yearly return on children looked after by a council."""
