"""Programs that remake what is kept in the project, run by hand and never by a build."""
