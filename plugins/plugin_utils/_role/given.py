# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the variables of a host say, as the arguments of modules.

Everything that is wrong with them is found in one go and said in one message, in the words of the
role.  A variable that is there is declared: what it refers to has to exist.
"""

from __future__ import annotations

import difflib
import os
import re
import typing as t
from dataclasses import dataclass, field

from ansible.errors import AnsibleError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ...module_utils._argspec import Spec
from ...module_utils._arguments import refuse_odd
from ...module_utils._compat import is_template
from ...module_utils._errors import Failure, invalid
from ...module_utils._output.context import Context
from ...module_utils._output.redact import clean
from ...module_utils._phrase import Phrase, joined, say
from .._in_process import plain
from .near_misses import near_misses
from .variables import (
    SETTINGS,
    TEST,
    arguments,
    known,
    relations,
    run_variables,
    specification,
    targets,
)

TaskVars = t.Mapping[str, t.Any]
Template = t.Callable[[t.Any], t.Any]

_MISSING = re.compile(r"'[\w.\[\]]+' is undefined|has no (?:attribute|element) '?[\w.-]+'?")
#: A template that is the name of another variable, and nothing that could be a secret.
_REFERENCE = re.compile(r"\s*\{\{\s*[\w.]+\s*(?:\|\s*[\w.]+\s*)*\}\}\s*")
#: Options that name a file or folder without being of the type ``path``.
_PATH_OPTIONS = ("mail_password_record",)


@dataclass(frozen=True)
class Declared:
    """The variables of a host, typed and complete, as the options of each module.

    ``given`` are the same before they were judged, for a module that runs somewhere else.
    """

    settings: t.Mapping[str, t.Any] = field(repr=False)
    test: t.Mapping[str, t.Any] = field(repr=False)
    run: t.Mapping[str, t.Any]
    given: t.Mapping[str, t.Any] = field(repr=False)
    secrets: t.Collection[str] = field(default=(), repr=False)

    def arguments(self, module: str) -> dict[str, t.Any]:
        """What was given for ``module``, for the road on which it says itself what is wrong."""
        found = arguments(module, self.given)
        return found if module == SETTINGS else _test(found)


def declared(
    task_vars: TaskVars, template: Template, *, target: bool, start: str, here: bool
) -> Declared:
    """The variables of a host; raises one ``Failure`` for all that is wrong with them.

    ``target`` says whether there has to be one.  Relative paths begin at the folder ``start``, but
    not those of a target that is on another machine (``here`` is false).
    """
    found: list[Phrase] = []
    values = {}
    for name in sorted(specification().keys() & task_vars.keys()):
        try:
            values.update(looked_up(name, task_vars, template))
        except Failure as exc:
            found.append(exc.phrase)
    found += misspelt(task_vars, values)
    # Nothing for a variable is what takes back that of a group.
    values = {name: value for name, value in values.items() if value is not None}
    context = Context(as_options(values))
    if target and not found and not values.keys() & set(targets()):
        found.append(Failure("no_target", options=" or ".join(targets())).phrase)
    valid = None if found else _judged(values, found, context)
    if found or valid is None:
        raise Failure("variables", findings=joined(found))
    typed = _in_place(valid.validated_parameters, start, here)
    return Declared(
        settings=arguments(SETTINGS, typed),
        test=_test(arguments(TEST, typed)),
        run={name: typed[name] for name in run_variables()},
        given=_in_place(values, start, here),
        secrets=valid._no_log_values,
    )


def misspelt(task_vars: TaskVars, values: TaskVars) -> list[Phrase]:
    """A sentence for each variable whose name is nearly one of the role's."""
    own = values.get("mail_other_variables") or ()
    own = own.split(",") if isinstance(own, str) else own
    near = near_misses(task_vars, known(), own)
    return [
        Failure("misspelt", variable=clean(name, 80), right=right).phrase
        for name, right in sorted(near.items())
    ]


def looked_up(name: str, task_vars: TaskVars, template: Template) -> dict[str, t.Any]:
    """A variable with everything in it looked up; nothing when it says ``omit``."""
    try:
        value = template({name: task_vars[name]})
        # A text of a vault is only read here.
        return t.cast("dict[str, t.Any]", plain(_without_omitted(value, task_vars.get("omit"))))
    except AnsibleError as exc:
        reason = _reason(name, str(exc), task_vars)
        raise Failure("variable_unusable", option=name, reason=reason) from None
    except TypeError as exc:
        raise invalid(name, say("{what}; put it into quotes", what=str(exc))) from None


def _reason(name: str, said: str, task_vars: TaskVars) -> str:
    """Why a variable cannot be looked up; Ansible quotes whole values, so little is kept of it."""
    missing = _MISSING.findall(said)
    if missing:
        return str(missing[-1])
    return Context(as_written({name: task_vars[name]})).redactor.text(clean(said))


def _without_omitted(value: t.Any, omit: t.Any) -> t.Any:
    if isinstance(value, t.Mapping):
        return {k: _without_omitted(v, omit) for k, v in value.items() if not _is(v, omit)}
    if isinstance(value, (list, tuple)):
        return [_without_omitted(item, omit) for item in value if not _is(item, omit)]
    return value


def _test(options: dict[str, t.Any]) -> dict[str, t.Any]:
    """The options of a test; who sends by himself needs no sign-in of a server."""
    if options.get("via") != "server":
        options.pop("server", None)
    return options


def _is(value: t.Any, omit: t.Any) -> bool:
    return omit is not None and (value is omit or (isinstance(value, str) and value == omit))


def as_options(values: TaskVars) -> dict[str, t.Any]:
    """Variables under the names of their options, by which secrets are known."""
    return {**arguments(TEST, values), **arguments(SETTINGS, values)}


def as_written(values: TaskVars) -> dict[str, t.Any]:
    """The same of variables that nobody has looked up yet.

    As long as it is not known what a template comes to, its text counts as the secret; but not
    where it is the name of another variable and nothing else.
    """
    return t.cast("dict[str, t.Any]", _without_names(as_options(values)))


def _without_names(value: t.Any) -> t.Any:
    if isinstance(value, t.Mapping):
        return {key: _without_names(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_names(item) for item in value]
    is_name = isinstance(value, str) and _REFERENCE.fullmatch(value) and is_template(value)
    return "" if is_name else value


def _judged(values: TaskVars, found: list[Phrase], context: Context) -> t.Any:
    """Ansible's verdict on the variables; what it has to say goes to ``found``.

    None where a variable holds what cannot be meant, and Ansible would stumble over.
    """
    try:
        refuse_odd(values, specification())
    except Failure as exc:
        found.append(exc.phrase)
        return None
    verdict = ArgumentSpecValidator(specification(), **relations()).validate(values)
    unknown = sorted(verdict.unsupported_parameters)
    for path in unknown:
        found.append(Failure("variable_refused", reason=_unknown(path)).phrase)
    for text in verdict.error_messages:
        # Of unknown options it says nothing but which ones there are.
        if not (unknown and ". Supported parameters include: " in text):
            found.append(Failure("variable_refused", reason=context.redactor.text(text)).phrase)
    return verdict


def _unknown(path: str | tuple[str, ...]) -> Phrase:
    """Why an option within a variable is refused, with the nearest one or all there are."""
    *above, name = path.split(".") if isinstance(path, str) else path
    options = specification()
    for step in above:
        options = options[step].get("options", {})
    within = ".".join(above)
    near = difflib.get_close_matches(name, options, 1)
    said = {"what": within, "name": clean(name, 80)}
    if near:
        return say("{what}.{name} is not an option; write {what}.{right}", **said, right=near[0])
    there = ", ".join(options)
    return say("{what}.{name} is not an option; there are {options}", **said, options=there)


def _in_place(values: TaskVars, start: str, here: bool) -> dict[str, t.Any]:
    """``values`` with paths that begin at ``start``; those on another machine stay as they are."""
    local = run_variables()
    mine = {name: value for name, value in values.items() if here or name in local}
    return {**values, **_absolute(mine, specification(), start)}


def _absolute(values: TaskVars, spec: Spec, start: str) -> dict[str, t.Any]:
    found = {}
    for name, value in values.items():
        option = spec.get(name, {})
        is_path = option.get("type") == "path" or name in _PATH_OPTIONS
        if isinstance(value, dict) and option.get("options"):
            value = _absolute(value, option["options"], start)
        elif is_path and value and isinstance(value, str):
            value = os.path.join(start, os.path.expanduser(value))
        found[name] = value
    return found
