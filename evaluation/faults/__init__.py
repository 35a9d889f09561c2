"""Everything that can go wrong, tried: hostile files, full disks, runs that are killed.

    python -m evaluation.faults [--write] [--only FAMILY...] [--collections FOLDER]

makes some thousand hostile files from the corpus and reads them, fills disks, and kills runs at random moments; the
draw is seeded, so that every run tries the same. `evaluation/faults.md` is the last result kept.
"""
