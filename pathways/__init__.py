"""The language of client pathways: values and the rules about them, without clock, database, network or files."""
