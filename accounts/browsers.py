"""What a browser is called, from the long line that it sends."""

# The first that fits: each of these lines also names the ones below it.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
LONGEST = 40


def browser_name(line: str) -> str:
    """Return the browser and its system, as in "Firefox · Windows"; else the line, cut short."""
    found = [
        next((name for sign, name in known if sign in line), "") for known in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(filter(None, found)) or line[:LONGEST]
