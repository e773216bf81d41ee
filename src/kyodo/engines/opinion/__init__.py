"""What groups of people agree on: from votes on statements to groups, what stands for each, and what all share.

For whoever listens to residents, staff and companies. How it works, how far to trust it: docs/engines/opinion.md.
Nothing heavy is imported here: web workers use `routing` without scipy.
"""
