"""The part of an answer's form that says when it is given: name, words, hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.talks import NewRule
from shopdesk.ui import widgets as w
from shopdesk.ui.answers.words import DURING, MATCHES

if TYPE_CHECKING:
    from shopdesk.messages import Draft
    from shopdesk.talks import Match, Rule, RuleError

LONGEST_NAME = 60


class RuleFields(w.Card):
    """What a rule is called, which words it hears, and when."""

    def __init__(self) -> None:
        self._alike = False
        self.name, self.words = w.TextField(), w.TextArea(lines=4)
        self.name.setMaxLength(LONGEST_NAME)
        self.match = w.Segmented([(_(words), match) for match, words in MATCHES.items()])
        self.during = w.Segmented([(_(words), during) for during, words in DURING.items()])
        self.name_field = w.Field(_("Name, for your list"), self.name)
        self.words_field = w.Field(_("Keywords, one in each line"), self.words)
        self._match_row = w.choice(_("The friend writes"), _("Width, kana and case do not matter."), self.match)
        super().__init__(
            self.name_field,
            "s3",
            self._match_row,
            "s3",
            self.words_field,
            "s3",
            w.choice(_("When"), _("By the hours under “Response hours”."), self.during),
        )

    def show_rule(self, rule: Rule | None, *, alike: bool) -> None:
        """Show a rule, None for a new one; `alike` for a question."""
        self._alike = alike
        self._match_row.setVisible(not alike)
        self.words_field.rename(
            _("Ways to ask it, one in each line; the plainest first") if alike else _("Keywords, one in each line")
        )
        self.name.setText(rule.name if rule else "")
        self.match.set_value(rule.match if rule and not alike else "any")
        self.words.setPlainText("\n".join(rule.words) if rule else "")
        self.during.set_value(rule.during if rule else "always")
        for field in (self.name_field, self.words_field):
            field.set_error("")

    def new(self, written: Draft) -> NewRule:
        """Return the rule that stands there, with what it answers."""
        match: Match = "alike" if self._alike else self.match.value()
        words = tuple(one for one in self.words.toPlainText().splitlines() if one.strip())
        return NewRule(self.name.text(), match, words, written, self.during.value())

    def show_error(self, error: RuleError) -> None:
        """Say what is wrong at its field, and go there."""
        field = self.name_field if error.part == "name" else self.words_field
        field.set_error(error.message)
        field.control.setFocus()

    def clear_errors(self) -> None:
        """Take back what was said."""
        for field in (self.name_field, self.words_field):
            field.set_error("")
