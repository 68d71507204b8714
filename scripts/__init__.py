"""Commands for those who build the product."""
