"""What can be read off finished pages."""
