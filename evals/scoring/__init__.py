"""Pure functions from what was made and what people wrote down to figures."""
