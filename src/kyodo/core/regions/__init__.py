"""Sets up the bodies of a region: prefecture, municipalities, the body that runs the shared work, and the tile map.

`japan.csv` holds the 47 prefectures and 1,741 municipalities (names, kana, codes, coordinates of the offices: Code for
FUKUI, localgovjp, CC0 1.0; kind of designated cities and rows of prefectures added), so that codes are enough.
"""
