"""相談・課題: where every collaboration starts. An officer posts what hurts, others join, a coordinator takes it up.

For municipal officers, coordinators of the DX body and, of what was solved, everybody. See docs/modules/needs.md.
"""
