"""What things cost, each with its floor in the same run."""
