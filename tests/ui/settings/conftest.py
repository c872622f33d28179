"""A section of the settings in a window over a real shop."""

from __future__ import annotations

import pytest


@pytest.fixture
def open_desk(open_window, make_shop):
    """Show a section of the settings of a new shop, which `more` describes."""

    def opened(section, **more):
        made = open_window(make_shop(**more), "settings", section=section)
        made.section = made.page.sections[section]
        return made

    return opened
