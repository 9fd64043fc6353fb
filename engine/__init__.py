"""Makes the language run: reads definitions, handles commands, keeps promises and answers questions."""
