"""What councils published and what of it is here, for the eye: councils as rows, months as columns."""
