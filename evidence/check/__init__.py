"""What must hold: of sources, of what was reported, and of the finished site."""
