"""Holds recipes against the schema with the jsonschema package.

    python validate.py SCHEMA.json RECIPE.yaml …

Needs jsonschema and PyYAML. Prints each mistake; ends with 1 when there is one, 2 when the schema itself is wrong.
"""

import json
import re
import sys

import jsonschema
import yaml


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, which recipes follow: `no` is text, and `1e-3` a number."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", r"(~|null|Null|NULL|)$", "~nN\0"),
    ("bool", r"(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF))$", "-+.0123456789"),
    ("merge", r"<<$", "<"),
]:
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), [*first] + ([""] if tag == "null" else []))


def main(schema_path, *paths):
    with open(schema_path) as file:
        schema = json.load(file)
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        print(f"{schema_path}: {error.message}")
        return 2
    validator = jsonschema.Draft202012Validator(schema)
    status = 0
    for path in paths:
        with open(path) as file:
            recipe = yaml.load(file, CoreLoader)
        mistakes = list(validator.iter_errors(recipe))
        for error in mistakes:
            best = jsonschema.exceptions.best_match([error])
            print(f"{path}: {best.json_path}: {best.message[:200]}")
            status = 1
        if not mistakes:
            print(f"{path}: passes")
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
