"""Copy the browser libraries that are served from ``node_modules`` to ``static/vendor``.

Run it from anywhere after ``npm ci``; it needs only the standard library. The list below is all
that leaves ``node_modules``: a package may carry other things (and other licences) in its folder.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
MODULES = CHECKOUT / "node_modules"
VENDOR = CHECKOUT / "static" / "vendor"
ICON_LIST = CHECKOUT / "static" / "icons.txt"

TOM_SELECT = "@tabler/core/dist/libs/tom-select"
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/css/tabler-vendors.min.css": "tabler-vendors.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
    f"{TOM_SELECT}/dist/css/tom-select.bootstrap5.min.css": "tom-select.min.css",
    f"{TOM_SELECT}/dist/js/tom-select.base.min.js": "tom-select.min.js",
    "@alpinejs/csp/dist/cdn.min.js": "alpine.min.js",
    "echarts/dist/echarts.min.js": "echarts.min.js",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "inter-latin-ext.woff2",
    # The whole font in three weights, for paper: Typst reads neither WOFF2 nor variable fonts.
    "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf": "paper/inter-regular.ttf",
    "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf": "paper/inter-semibold.ttf",
    "@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf": "paper/inter-bold.ttf",
}
LICENCES = {
    "@tabler/icons/LICENSE": "tabler.txt",
    f"{TOM_SELECT}/LICENSE": "tom-select.txt",
    "@fontsource-variable/inter/LICENSE": "inter.txt",
    "@expo-google-fonts/inter/LICENSE_FONT": "inter-paper.txt",
    "echarts/LICENSE": "echarts.txt",
    "echarts/NOTICE": "echarts-notice.txt",
    "zrender/LICENSE": "zrender.txt",
    "@popperjs/core/LICENSE.md": "popper.txt",
    "@vue/reactivity/LICENSE": "vue-reactivity.txt",
}
PACKAGES = (
    "@tabler/core",
    "@tabler/icons",
    "@alpinejs/csp",
    "echarts",
    "@fontsource-variable/inter",
    "@expo-google-fonts/inter",
)
LARGEST_BYTES = 4 * 1024 * 1024
SOURCE_MAP = re.compile(rb"(/\*|//)# sourceMappingURL=\S+( \*/)?")
ICON_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def main() -> int:
    """Copy everything and say how much it is; 1 when something is missing."""
    try:
        copied = copy_files() + write_sprite()
        copy_licences()
    except FileNotFoundError as missing:
        name = Path(missing.filename).relative_to(CHECKOUT)
        print(f"assets: {name} is missing; run `npm ci` first.", file=sys.stderr)
        return 1
    if copied > LARGEST_BYTES:
        print(
            f"assets: {copied:,} bytes is more than the {LARGEST_BYTES:,} allowed.", file=sys.stderr
        )
        return 1
    print(f"assets: {len(FILES) + 1} files, {copied / 1024 / 1024:.1f} MB in {VENDOR.name}/")
    return 0


def copy_files() -> int:
    """Copy the listed files without their source-map comments; return the bytes written."""
    copied = 0
    for source, target in FILES.items():
        content = (MODULES / source).read_bytes()
        if target.endswith((".css", ".js")):
            content = SOURCE_MAP.sub(b"", content)
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        copied += (VENDOR / target).write_bytes(content)
    return copied


def write_sprite() -> int:
    """Make one SVG of the listed icons, each a symbol that a page refers to by its name."""
    symbols = [_symbol(name) for name in icon_names()]
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'
    return (VENDOR / "icons.svg").write_text(sprite, encoding="utf-8")


def icon_names() -> list[str]:
    """Return the names in ``static/icons.txt``, comments left out."""
    lines = ICON_LIST.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _symbol(name: str) -> str:
    drawing = (MODULES / "@tabler/icons/icons/outline" / f"{name}.svg").read_text(encoding="utf-8")
    found = ICON_BODY.search(drawing)
    body = re.sub(r"\s+", " ", found.group(1)).strip() if found else ""
    frame = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
    return f'<symbol id="{name}" viewBox="0 0 24 24">{body.replace(frame, "").strip()}</symbol>'


def copy_licences() -> None:
    """Keep every licence text beside the files it covers, with a page that names the packages."""
    folder = VENDOR / "licences"
    folder.mkdir(exist_ok=True)
    for source, target in LICENCES.items():
        shutil.copyfile(MODULES / source, folder / target)
    lines = []
    for package in PACKAGES:
        about = json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))
        lines.append(f"{package} {about['version']}: {about['license']}")
    (folder / "packages.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
