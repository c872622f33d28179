"""Later instead of now, two texts, a part left out, the time to stop it, templates, what is said before the button."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QDialog

from shopdesk import messages
from shopdesk.links import hour_of
from shopdesk.messages import MessageError
from shopdesk.segments import AllOf
from shopdesk.ui import widgets as w
from shopdesk.ui.broadcasts.scheduled import MomentDialog
from shopdesk.ui.broadcasts.templates import NameDialog
from tests.ui.broadcasts.test_broadcasts_page import bubble_of, received, until, wrote


def taken(monkeypatch, kind, fill):
    """Whoever is asked by a dialog of this kind fills it in and takes it."""

    def answer(dialog):
        fill(dialog)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(kind, "exec", answer)


def shown(dialog):
    return [row for row in dialog.findChildren(w.Row) if row.isVisible()]


def banners(step):
    return [one.prose.text() for one in step.findChildren(w.Banner) if not one.isHidden()]


def test_a_broadcast_is_scheduled_moved_changed_and_released(world, monkeypatch):
    composer = wrote(world)
    composer.go(2)
    until(world, composer.next_button.isEnabled)
    composer.checking.when.later.click()
    at = composer.checking.when.moment()
    assert composer.next_button.words() == "Send tomorrow 10:00"
    composer.next_button.click()
    made, course = composer.id, world.page.course
    until(world, lambda: course.seen is not None and course.seen.status.scheduled_at == at)
    assert (course.title.text(), course.scheduled.isHidden(), course.stalled()) == ("Scheduled", False, False)
    later = at + timedelta(days=2)
    taken(monkeypatch, MomentDialog, lambda dialog: dialog.at.show_moment(later))
    course.scheduled.move_button.click()
    until(world, lambda: course.seen.status.scheduled_at == later)
    course.scheduled.change_button.click()
    until(world, lambda: not composer.isHidden())
    assert (composer.id, composer.checking.when.moment()) == (made, later)
    world.page.leave()
    world.tasks.settle()
    world.page.open(world.shop.broadcasts.status(made))
    until(world, lambda: not course.isHidden() and course.seen is not None)
    course.scheduled.release_button.click()
    until(world, lambda: world.shop.broadcasts.status(made).scheduled_at is None)
    assert world.shop.broadcasts.status(made).state == "draft"


def test_in_the_cooling_time_one_button_leaves_everybody_unsent(world):
    world.shop.settings.set("cooling_minutes", "1")
    composer = wrote(world)
    world.page.send(composer.id)
    course = world.page.course
    until(world, lambda: course.seen is not None and not course.cooling.isHidden())
    assert 0 < course.cooling.seconds() <= 60
    assert not course.stalled()
    course.cooling.stop_button.click()
    until(world, lambda: course.seen.status.state == "cancelled")
    assert course.cooling.isHidden()
    assert course.seen.status.cancelled == 4
    assert [received(world, number) for number in range(6)] == [[]] * 6


def test_two_texts_and_a_part_that_gets_nothing(world):
    composer = wrote(world, "Aの文です")
    composer.finer.split_on.setChecked(True)
    composer.finer.holdout_on.setChecked(True)
    composer.finer.holdout.setText("20")
    assert composer.writing.messages() == composer.writing.others()
    composer.writing.tabs.choose(1)
    composer.writing.shown.bubbles.bubbles[0].editor.edit.show_text("Bの文です")
    composer.keep()
    until(world, lambda: composer.keeper.fresh and world.shop.broadcasts.drafted(composer.id).split == 50)
    kept = world.shop.broadcasts.drafted(composer.id)
    assert (kept.messages.messages[0]["text"], kept.messages_b.messages[0]["text"]) == ("Aの文です", "Bの文です")
    assert kept.holdout == 20
    world.page.leave()
    world.page.change(composer.id)
    until(world, lambda: composer.writing.divided and not composer.isHidden())
    composer.finer.split_on.setChecked(False)
    assert composer.written().others is None


def test_links_are_counted_where_somebody_wants_it(world):
    world.shop.settings.set("public_url", "https://shop.example.jp")
    composer = wrote(world, "メニューは https://example.jp/menu です")
    composer.finer.counts.setChecked(True)
    composer.keep()
    until(world, lambda: composer.keeper.fresh and world.shop.broadcasts.drafted(composer.id).counts)
    made = composer.id
    world.shop.broadcasts.freeze(made)
    (report,) = world.shop.links.of_broadcast(made)[1]
    world.page.leave()
    course = world.page.course
    world.page.shown(broadcast=made)
    until(world, lambda: course.seen is not None and not course.clicks.isHidden())
    assert [one.text() for one in course.clicks.findChildren(w.Label)][-1] == "Nobody has opened it yet."
    world.shop.links.count({(report.link.id, None, hour_of(world.shop.clock.now())): 3})
    course.look()
    until(world, lambda: [one.text() for one in course.clicks.findChildren(w.Label)][-1] == "3 clicks")


def test_a_problem_of_the_second_text_stops_the_next_step(world):
    composer = wrote(world)
    composer.finer.split_on.setChecked(True)

    composer.writing.sets[1].bubbles.bubbles[0].editor.edit.show_text("")
    composer.next_button.click()
    assert composer._step == 1
    assert composer.writing.tabs.current() == 1


def test_what_to_think_of_stands_above_the_button(world):
    world.shop.settings.set("quiet_hours", "00:00-23:59")
    composer = wrote(world)
    world.page.reload()
    composer.go(2)
    until(world, lambda: any("quiet hours" in one for one in banners(composer.checking)))
    world.there.rehearsal.quota.limit = 2
    composer.keeper.look()
    until(world, lambda: any("larger plan" in one or "costs" in one for one in banners(composer.checking)))
    assert not composer.next_button.isEnabled()


def test_what_line_would_refuse_is_kept_as_a_draft_and_refused_in_the_dry_run(world):
    composer = wrote(world)
    bubble_of(composer).editor.edit.show_text("あ" * 5_001 + "{いつ}")
    world.page.leave()
    assert composer.isHidden()
    service = world.shop.broadcasts
    until(
        world, lambda: composer.keeper.fresh and len(service.drafted(composer.id).messages.messages[0]["text"]) > 5_000
    )
    preview = service.preview(composer.id)
    assert ([one.code for one in preview.problems], preview.samples) == (["message"], ())
    with pytest.raises(MessageError):
        service.freeze(composer.id)
    assert service.status(composer.id).state == "draft"
    world.page.change(composer.id)
    until(world, lambda: not composer.isHidden())
    assert composer.writing.messages()[0]["text"].endswith("{いつ}")
    composer.next_button.click()
    assert composer._step == 1


def test_what_goes_to_nobody_yet_is_not_left_without_a_question(world, monkeypatch):
    world.window.show_page("broadcasts", new=True)
    composer = world.page.composer
    bubble_of(composer).editor.edit.show_text("こんにちは")
    asked = []

    def answer(dialog):
        asked.append(dialog.findChildren(w.Prose)[1].text())
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(w.Dialog, "exec", answer)
    world.page.leave()
    assert "chosen who gets it" in asked[0]
    assert not composer.isHidden()
    world.window.show_page("broadcasts", segment="東京の方")  # the people it was waiting for
    assert (bubble_of(composer).editor.edit.toPlainText(), len(asked)) == ("こんにちは", 1)
    until(world, lambda: composer.id is not None)
    assert world.shop.broadcasts.drafted(composer.id).segment == "東京の方"


def test_another_broadcast_does_not_take_the_place_of_what_is_being_written(world):
    world.shop.segments.save("全員", AllOf(()))
    world.window.show_page("broadcasts", segment="東京の方")
    composer = world.page.composer
    bubble_of(composer).editor.edit.show_text("ひとつめ")
    composer.keep()  # on its way while somebody goes on typing and opens another one
    bubble_of(composer).editor.edit.show_text("ひとつめの続き")
    world.window.show_page("broadcasts", segment="全員")
    bubble_of(composer).editor.edit.show_text("ふたつめ")
    composer.keep()
    kept = world.shop.broadcasts

    def texts():
        return {kept.drafted(one.id).messages.messages[0]["text"]: kept.drafted(one.id).segment for one in kept.list()}

    until(world, lambda: texts() == {"ひとつめの続き": "東京の方", "ふたつめ": "全員"})


def test_a_template_is_saved_found_taken_and_comes_back(world, monkeypatch):
    composer = wrote(world, "毎度ありがとうございます")
    kept = world.shop.messages.templates
    taken(monkeypatch, NameDialog, lambda dialog: dialog.line.setText("お礼の文"))
    composer.writing.save_button.click()
    until(world, lambda: bool(kept.list()))
    bubble_of(composer).editor.edit.show_text("書きかけ")
    composer.writing.take_button.click()
    dialog = composer.templates.dialog
    until(world, lambda: len(dialog.findChildren(w.Row)) > len(messages.ready()))
    dialog.search.setText("お礼の文")
    dialog.search.searched.emit("お礼の文")
    until(world, lambda: len(shown(dialog)) == 1)
    [one] = kept.list()
    dialog.removed.emit(one)
    until(world, lambda: not kept.list())
    world.notices._toast.action.click()
    until(world, lambda: kept.list() == [one])
    until(world, lambda: len(shown(dialog)) == 1)
    shown(dialog)[0].clicked.emit()
    assert composer.writing.messages()[0]["text"] == "毎度ありがとうございます"
    world.notices._toast.action.click()
    assert composer.writing.messages()[0]["text"] == "書きかけ"


def test_the_phone_is_shown_light_and_dark(world):
    composer = wrote(world)
    light = composer.pane.phone.grab().toImage()
    composer.pane.scheme._parts[1].click()
    assert composer.pane.phone.grab().toImage() != light


def test_the_course_shows_the_shops_own_pictures(world):
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(made, "PNG")
    kept = world.shop.messages.pictures.add(made.data().data(), "赤")
    world.shop.settings.set("public_url", "https://shop.example.jp")
    world.page.composer.studio.read()
    said = world.shop.messages.draft([messages.image(f"media:{kept.id}/1040", f"media:{kept.id}/700")])
    broadcast = world.shop.broadcasts.draft(said, segment="東京の方")
    world.shop.broadcasts.freeze(broadcast)
    world.page.open(world.shop.broadcasts.status(broadcast))
    content = world.page.course._sent.bubbles

    def reddish():
        colour = content.grab().toImage().pixelColor(content.width() // 3, content.height() // 2)
        return colour.red() > 200 and colour.green() < 60

    until(world, reddish)


def test_what_is_sent_is_posted_in_the_news_with_one_tick(world):
    composer = wrote(world)
    composer.go(2)
    until(world, composer.news.box.isEnabled)
    assert not composer.news.box.isChecked()
    composer.news.box.click()
    until(world, lambda: world.shop.site.follows(composer.id))
    assert world.shop.site.news() == []
    world.shop.broadcasts.send(composer.id)
    assert len(world.shop.site.news()) == 1
