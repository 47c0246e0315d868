"""Addresses outside of the site: which there are, and whether something is still at them."""
