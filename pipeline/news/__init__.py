"""What is new since the last round: found by `finding`, asked for by `watches`, told as Markdown, HTML and feeds."""
