"""From a figure to the children behind it: for a council's own analysts alone, each look logged."""
