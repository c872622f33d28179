"""配信 in the settings: the cap, quiet hours, the time to stop a broadcast, the public address."""

from __future__ import annotations

from shopdesk.ui.settings.page import SettingsPage


def opened(open_page):
    made = open_page(SettingsPage, section="sending")
    return made, made.page.sections["sending"]


def test_what_is_chosen_is_kept_and_shown_again(open_page, desk):
    made, section = opened(open_page)
    section.capped.click()
    section.cap.setText("3")
    section.cap.editingFinished.emit()
    section.quiet.click()
    section.quiet_to.chosen.emit(section.quiet_to.value())
    section.cooling.chosen.emit(5)
    made.settle()
    settings = desk.shop.settings
    cap = settings.cap()
    assert (cap.messages, cap.days, str(settings.quiet_hours()), settings.get("cooling_minutes")) == (
        *(3, 7, "21:00-08:00"),
        5,
    )
    settings.set("quiet_hours", "21:30-07:15")
    settings.set("cooling_minutes", "7")
    section.load()
    made.settle()
    assert (section.quiet_from.value(), section.quiet_to.value(), section.cooling.value()) == ("21:30", "7:15", 7)
    section.capped.click()
    section.quiet.click()
    made.settle()
    assert (settings.cap(), settings.quiet_hours()) == (None, None)


def test_an_address_that_is_not_https_is_refused_at_its_field(open_page, desk):
    made, section = opened(open_page)
    section.address.setText("http://shop.example.jp")
    section.address.editingFinished.emit()
    made.settle()
    assert "https://" in section.address_field.error()
    section.address.setText("https://shop.example.jp/")
    section.address.editingFinished.emit()
    made.settle()
    assert section.address_field.error() == ""
    assert desk.shop.messages.public_url() == "https://shop.example.jp"
