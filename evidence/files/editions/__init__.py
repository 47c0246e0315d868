"""Editions: the written evidence as files to hold, PDF and Word, made of the finished pages."""
