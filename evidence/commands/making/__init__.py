"""New files: what stands in them at first, and sources from what reference managers export."""
