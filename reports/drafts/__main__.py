"""Write every Word template anew."""

from __future__ import annotations

from pathlib import Path

from reports.drafts.layout import drafts, written


def main() -> None:
    """Write each draft into the folder of templates."""
    folder = Path(__file__).resolve().parents[1] / "templates"
    for name, build in drafts().items():
        (folder / f"{name}.docx").write_bytes(written(build()))


if __name__ == "__main__":
    main()
