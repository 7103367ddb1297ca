"""Error rates over training time, from a run's log to an SVG or PNG picture.

    python3 -m training.plot RUN_FOLDER [--out FILE.svg|FILE.png]
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 400, 56, 24, 16, 44
COLOURS = {"draft": "#b4530a", "decoder": "#1d4ed8"}

Curve = list[tuple[float, float]]


def curves(log: Path) -> dict[str, Curve]:
    """(minutes, merged error rate in percent) of draft and decoder, from the log's evaluations."""
    found: dict[str, Curve] = {name: [] for name in COLOURS}
    for line in log.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if "evaluation" in entry:
            for name, curve in found.items():
                curve.append((entry["seconds"] / 60, entry["evaluation"][name]["merged"]))
    return found


def svg(found: dict[str, Curve]) -> str:
    """The curves on a logarithmic scale of error."""
    points = [point for curve in found.values() for point in curve]
    longest = max((x for x, _ in points), default=1.0)
    low = min((max(0.5, y) for _, y in points), default=1.0)
    high = max((y for _, y in points), default=100.0)
    bottom, top = math.log(low / 1.2), math.log(high * 1.1)

    def at(minutes: float, rate: float) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * minutes / longest
        share = (math.log(max(0.5, rate)) - bottom) / (top - bottom)
        return x, HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12"><title>Error rate over training time</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for rate in (1, 2, 5, 10, 20, 50, 100, 200):
        if bottom <= math.log(rate) <= top:
            _, y = at(0, rate)
            parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
            parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{rate} %</text>')
    for i in range(6):
        x, _ = at(longest * i / 5, high)
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{longest * i / 5:.0f}</text>')
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" text-anchor="middle">minutes of training</text>')
    for i, (name, curve) in enumerate(found.items()):
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in (at(*point) for point in curve))
        if path:
            parts.append(f'<path d="M{path}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"/>')
        parts.append(f'<text x="{WIDTH - RIGHT - 8}" y="{TOP + 16 * i + 8}" text-anchor="end" fill="{COLOURS[name]}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def png(found: dict[str, Curve], file: Path) -> None:
    """The same through matplotlib, where it is installed."""
    from matplotlib import pyplot

    for name, curve in found.items():
        pyplot.semilogy([x for x, _ in curve], [y for _, y in curve], color=COLOURS[name], label=name)
    pyplot.xlabel("minutes of training")
    pyplot.ylabel("SER, %")
    pyplot.legend()
    pyplot.savefig(file, dpi=120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    out: Path = arguments.out or arguments.run / "curve.svg"
    found = curves(arguments.run / "log.jsonl")
    if out.suffix == ".png":
        png(found, out)
    else:
        out.write_text(svg(found), encoding="utf-8")
    print(out)


if __name__ == "__main__":
    main()
