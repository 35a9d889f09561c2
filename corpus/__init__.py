"""Documents of our own making, and the code that builds them; no part of the installed package."""
