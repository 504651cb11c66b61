"""Charts as SVG: text made of points, without scripts and styles of their own.

A chart is as wide as its place: what is drawn is stretched, letters and dots are not. Its looks are
classes of the site's style sheet.
"""
