"""From an annotated source to a document and to its gold, so that the two cannot drift apart."""
