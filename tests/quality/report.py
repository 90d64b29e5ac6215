"""Print the figures on samples/gold with what counts against them: `python -m tests.quality.report`."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.quality.figures import measure
from tests.quality.outputs import read_outputs, run_samples


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("--home", type=Path, help="a home that has run on samples/landing; else one is made")
    parser.add_argument("--worst", type=int, default=8, help="disagreements to list for each figure")
    arguments = parser.parse_args()
    if arguments.home:
        report(arguments.home, arguments.worst)
    else:
        with TemporaryDirectory() as home:
            run_samples(Path(home))
            report(Path(home), arguments.worst)


def report(home: Path, worst: int) -> None:
    outputs = read_outputs(home)
    figures = measure(outputs)
    for page in outputs.pages:
        if page.page_id not in outputs.aligned:
            print(f"no document was read from {page.page_id}")
    for name, figure in figures.items():
        print(f"{name:28} {figure.value:.3f}")
    for name, figure in figures.items():
        if figure.wrong:
            print(f"\n{name} {figure.value:.3f}: {len(figure.wrong)} disagreements")
        for wrong in figure.wrong[:worst]:
            print(f"  {wrong}")


if __name__ == "__main__":
    main()
