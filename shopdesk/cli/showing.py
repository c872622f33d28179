"""The window, the demo and the pictures of every page. Qt is loaded only by these."""

from __future__ import annotations

from pathlib import Path

import click

from shopdesk.cli.face import Face, pass_face
from shopdesk.cli.words import Command, option
from shopdesk.i18n import N_, _


@click.command(cls=Command, help=N_("Open the window."))
@option("--counter", is_flag=True, help=N_("Open the counter, for a till."))
@pass_face
def window(face: Face, counter: bool) -> None:
    """Open the window and stay until it is closed."""
    from shopdesk import app  # noqa: PLC0415 - Qt: every other command starts where there is none

    raise click.exceptions.Exit(app.run_window(face.home, counter=counter))


@click.command(
    cls=Command, help=N_("Open the demo shop and walk the main job; without a screen, print it and draw every page.")
)
@option(
    "--screenshots", type=click.Path(path_type=Path, file_okay=False), help=N_("Folder for the pictures of every page.")
)
@option("--headless", is_flag=True, help=N_("Do it without a window."))
@pass_face
def demo(face: Face, screenshots: Path | None, headless: bool) -> None:
    """Run the demo."""
    from shopdesk import practice  # noqa: PLC0415 - Qt: every other command starts where there is none

    done = practice.run_demo(screenshots, headless=headless, say=face.note)
    face.show(
        done,
        [_("The demo lies in {home}; pictures: {count}.").format(home=done["home"], count=len(done["screenshots"]))],
    )


@click.command(cls=Command, help=N_("Draw every page with demo data to PNG."))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@option("--language", type=click.Choice(["ja", "en"]), default="ja", help=N_("Language of the pages."))
@option("--size", default="1280x800", help=N_("Width and height of the window."))
@pass_face
def screenshots(face: Face, folder: Path, language: str, size: str) -> None:
    """Draw."""
    from shopdesk import practice  # noqa: PLC0415 - Qt: every other command starts where there is none

    width, _x, height = size.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise click.UsageError(_("Write the size like 1280x800."))
    files = practice.take_screenshots(folder, language=language, size=(int(width), int(height)))
    face.show({"files": files}, [str(file) for file in files])


COMMANDS = (window, demo, screenshots)
