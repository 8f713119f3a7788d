"""The JSON Schema of rule packs, made from the kinds' own schemas of their options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.kinds import KINDS
from nianbao.model.issuer_kind import issuer_kind_words
from nianbao.model.rule import CONFIDENCES, PERSONAS, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.kinds.kind import Kind


def _strings(description: str = "") -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string"}, **({"description": description} if description else {})}


def _text(description: str = "") -> dict[str, Any]:
    return {"$ref": "#/$defs/text", **({"description": description} if description else {})}


def rule_pack_schema(kinds: Mapping[str, Kind] = KINDS) -> dict[str, Any]:
    """Return the schema of a file of a pack whose rules are of these kinds: a list of rules, or the pack's head."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:nianbao:schema:rule-pack:1",
        "title": "nianbao rule pack",
        "description": "A file of a pack: a list of rules, or (pack.yaml) the pack's own id, version and title.",
        "type": ["array", "object"],
        "items": {"$ref": "#/$defs/rule"},
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
            "version": {"type": ["string", "number"]},
            "title": _text(),
            "forms": _strings("Forms that rules are for which name none of their own."),
            "effective": _effective("Days on which rules are in force that name none of their own."),
            "extends": {
                "description": "Packs that run before this one: folders beside it, or the id of one that ships.",
                "type": ["string", "array"],
                "items": {"type": "string"},
            },
            "base": {
                "description": "What is changed in the report that all examples start from; the keys of an example.",
                "type": "object",
                "properties": {
                    **dict.fromkeys(("sections", "headings"), _STRINGS_BY_NAME),
                    **dict.fromkeys(("without", "order", "absent", "blank", "further"), _strings()),
                },
            },
            "without": _strings("Rules of packs before this one that do not run."),
            "severity": {
                "description": "Other severities for rules, by code.",
                "type": "object",
                "additionalProperties": _severity(),
            },
            "options": {
                "description": "Other options for rules, by code: deadlines, thresholds; with the texts these rest on.",
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "minProperties": 1,
                    "properties": {"basis": _bases()},
                },
            },
        },
        "$defs": {"text": _TEXT, "rule": _rule(kinds)},
    }


_TEXT: dict[str, Any] = {
    "type": ["string", "object"],
    "additionalProperties": False,
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
}


_STRINGS_BY_NAME: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "string"}}


def keys_of_every_rule() -> frozenset[str]:
    """Return the keys that rules of all kinds may have, and that no kind may use for its own options."""
    return frozenset(_rule({})["properties"])


def _rule(kinds: Mapping[str, Kind]) -> dict[str, Any]:
    options = {name: schema for kind in kinds.values() for name, schema in kind.schema.items()}
    return {
        "description": f"A rule has a code and one of: {', '.join(kinds)}.",
        "type": "object",
        "required": ["code"],
        "additionalProperties": False,
        "properties": {
            "code": {
                "type": "string",
                "pattern": "^[A-Z]{1,3}\\d{3}$",
                "description": "Family letter and three digits.",
            },
            "name": {
                "type": "string",
                "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
                "description": "The defect, such that 'allow NAME' reads well.",
            },
            "title": _text("The defect in a few words."),
            **options,
            "message": _text("What is wrong here; places such as {table}, {member}, {left}, {right}, {difference}."),
            "messages": {
                "description": "Messages for variants of the defect.",
                "type": "object",
                "additionalProperties": _text(),
            },
            "help": _text("What to do."),
            "draft": {
                "description": "A sentence that is missing, for fix to offer: without facts, marked as a draft.",
                "type": "object",
                "required": ["section", "text"],
                "additionalProperties": False,
                "properties": {
                    "section": {"type": "string", "description": "At the end of which section it belongs."},
                    "text": {"type": "string", "minLength": 1, "description": "The sentence, as it would be printed."},
                },
            },
            "severity": _severity(),
            "confidence": {"enum": list(CONFIDENCES), "description": "How sure."},
            "persona": {"enum": list(PERSONAS), "description": "For whom."},
            "waivable": {"type": "boolean", "description": "Whether other packs, settings and waivers may weaken it."},
            "effective": _effective("Days on which the rule is in force; a report is judged by the rules of its days."),
            "since": {"type": ["string", "number"], "description": "Version of the pack that brought the rule."},
            **_scope(),
        },
    }


def _severity() -> dict[str, Any]:
    level = {"enum": list(SEVERITIES)}
    return {
        "description": "How bad: one for all, one for each form and a default, or a list: the first that holds counts.",
        "type": ["string", "object", "array"],
        "pattern": f"^({'|'.join(SEVERITIES)})$",
        "additionalProperties": level,
        "minItems": 1,
        "items": {
            "type": "object",
            "required": ["is"],
            "additionalProperties": False,
            "properties": {"is": level, "forms": _strings(), **_effective("")["properties"]},
        },
    }


def _effective(description: str) -> dict[str, Any]:
    day = {"type": ["integer", "string"], "pattern": r"^\d{4}-\d\d-\d\d$"}
    return {
        "description": description,
        "type": "object",
        "additionalProperties": False,
        "properties": {"from": day, "to": day},
    }


def _bases() -> dict[str, Any]:
    return {
        "description": "The texts it rests on.",
        "type": "array",
        "items": {
            "type": "object",
            "required": ["document"],
            "additionalProperties": False,
            "properties": {
                **{name: {"type": "string"} for name in ("document", "part", "quote")},
                "forms": _strings("Forms whose reports it is cited for; all when missing."),
            },
        },
    }


def _scope() -> dict[str, Any]:
    """Return the schemas of the keys that connect a rule with reports, legal texts, codes and examples."""
    return {
        "applies": {
            "description": "Which reports the rule is for; all when missing.",
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "forms": _strings(),
                "issuers": {"type": "array", "items": {"enum": list(issuer_kind_words())}},
                "prior_forms": _strings("Forms that the report of the year before must follow."),
                "with_prior": {
                    "description": "Whether it is only for reports whose year before is known.",
                    "type": "boolean",
                },
                "when": {
                    "description": "A statement of the rule language that must be true of the report.",
                    "type": "string",
                    "minLength": 1,
                },
            },
        },
        "basis": _bases(),
        "covers": _strings("Ids of the catalogue of requirements that it checks."),
        "replaces": _strings("Codes it had before."),
        "tests": {
            "description": "Examples: what is changed in a consistent report, and what the rule then says.",
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "pass": {"type": ["object", "null"]},
                    "fail": {"type": ["object", "null"]},
                    "also": _strings("Other rules that are known to fail on it."),
                },
            },
        },
    }
