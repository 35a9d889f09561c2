"""What is trained, from the corpus and its gold alone: `python -m evaluation.training`."""
