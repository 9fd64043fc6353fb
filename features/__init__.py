"""What we promise, in the professionals' words, and the steps those words are made of."""
