"""A rule about people, compiled to one query and said back as one sentence."""

from shopdesk.segments import vocabulary
from shopdesk.segments.explaining import explain, sentence
from shopdesk.segments.fields import Field, field_of, fields, register
from shopdesk.segments.forms import Among
from shopdesk.segments.parsing import InvalidRuleError, dump, parse
from shopdesk.segments.queries import compile_rule, condition_of
from shopdesk.segments.reading import LONGEST_TEXT
from shopdesk.segments.records import Overlap, Reach, ReadyMade, Reason, Run, Segment
from shopdesk.segments.rules import EVERYBODY, AllOf, AnyOf, Condition, Except, Path, Rule, paths
from shopdesk.segments.service import Segments
from shopdesk.segments.wording import Clause, Names

__all__ = [
    "EVERYBODY",
    "LONGEST_TEXT",
    "AllOf",
    "Among",
    "AnyOf",
    "Clause",
    "Condition",
    "Except",
    "Field",
    "InvalidRuleError",
    "Names",
    "Overlap",
    "Path",
    "Reach",
    "ReadyMade",
    "Reason",
    "Rule",
    "Run",
    "Segment",
    "Segments",
    "compile_rule",
    "condition_of",
    "dump",
    "explain",
    "field_of",
    "fields",
    "parse",
    "paths",
    "register",
    "sentence",
    "vocabulary",
]
