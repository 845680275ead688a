"""`paperwork`: forms in, proven and gapless official documents out."""
