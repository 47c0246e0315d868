"""Search without a service: an index that is built with the site and read by a script."""
