"""What every part of the code keeps to, read from its source."""

import ast
import re

import pytest

from cre.core.access.sight import _policies
from tests.source import APPS, ROOT, calls, functions, layer, modules, name_of

# Public writes that are no action, and why.
NOT_ACTIONS = {
    "begin_intake": "nobody is there yet who could act; the database gives the new person only their own",
    "accept_invitation": "the same, or somebody who signs in; the secret of the link says for whom",
}
ACTIONS = {"action", "bulk_action"}
TRANSLATING = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
WRITES = {
    "save",
    "delete",
    "create",
    "bulk_create",
    "bulk_update",
    "update",
    "get_or_create",
    "update_or_create",
}


def guarded_models():
    """The names of the models that not everybody sees whole."""
    return {model.__name__ for model in _policies}


def found(check, among):
    """Each place where `check` finds something, as `path:line what`."""
    return [f"{path}:{node.lineno} {what}" for path, tree in among.items() for node, what in check(tree)]


def unfiltered_reads(tree):
    """`Model.objects.…` for a model with a policy, where the next word is not `visible_to`."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr in ("objects", "_default_manager")
        ):
            model = name_of(node.value.value).rpartition(".")[2]
            if node.attr != "visible_to" and model in guarded_models():
                yield node, name_of(node)


def bare_look_ups(tree):
    """`get_object_or_404(Model, …)`: a row of anybody's."""
    for call in calls(tree):
        if name_of(call.func) in ("get_object_or_404", "get_list_or_404") and isinstance(call.args[0], ast.Name):
            model = call.args[0].id
            if model in guarded_models():
                yield call, f"{name_of(call.func)}({model})"


def writes(tree):
    """Anything in a view that changes a row itself instead of calling an action."""
    for call in calls(tree):
        method = name_of(call.func).rpartition(".")
        is_query = method[0].endswith(("objects", "()")) or method[2] in (
            "save",
            "bulk_create",
            "bulk_update",
        )
        if method[2] in WRITES and is_query and not method[0].endswith(("session", "messages")):
            yield call, name_of(call.func)


def assigned_statuses(tree):
    """`row.status = …`, `update(status=…)`, `change(row, status=…)` and the like."""
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            if (
                isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
                and isinstance(target, ast.Attribute)
                and target.attr == "status"
            ):
                yield node, f"{name_of(target)} = …"
        if isinstance(node, ast.Call) and any(keyword.arg == "status" for keyword in node.keywords):
            method = name_of(node.func).rpartition(".")[2]
            if method in ("change", "update", "setattr", "bulk_update", "update_or_create"):
                yield node, f"{name_of(node.func)}(status=…)"


def imports_inside(tree):
    for function in functions(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node, "import inside a function"


def decorators(function):
    return {name_of(decorator).removesuffix("()").rpartition(".")[2] for decorator in function.decorator_list}


def public_names():
    """What the actions of each app offer to others, by app."""
    for app in APPS:
        file = ROOT / app / "actions" / "__init__.py"
        if file.exists():
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Assign) and name_of(node.targets[0]) == "__all__":
                    yield app, {element.value for element in node.value.elts}


def test_the_tests_of_this_file_find_what_they_look_for():
    bad = ast.parse(
        "from x import y\n"
        "def view(request):\n"
        "    import os\n"
        "    a = SupportRequest.objects.all()\n"
        "    b = get_object_or_404(Community, pk=1)\n"
        "    a.status = 'sent'\n"
        "    change(a, status='sent')\n"
        "    a.save()\n"
        "    Community.objects.update(status='x')\n"
    )
    checks = (unfiltered_reads, bare_look_ups, assigned_statuses, writes, imports_inside)
    assert [[what for _, what in check(bad)] for check in checks] == [
        ["SupportRequest.objects.all", "Community.objects.update"],
        ["get_object_or_404(Community)"],
        ["a.status = …", "change(status=…)", "Community.objects.update(status=…)"],
        ["a.save", "Community.objects.update"],
        ["import inside a function"],
    ]


@pytest.mark.promise("P09")
@pytest.mark.parametrize("name", ["views", "selectors", "exports", "api"])
def test_every_read_for_somebody_starts_from_what_they_see(name):
    assert found(unfiltered_reads, layer(name)) == []


@pytest.mark.promise("P09")
def test_no_view_fetches_a_row_of_anybodys():
    assert found(bare_look_ups, layer("views")) == []


def test_views_and_forms_change_nothing_themselves():
    assert found(writes, layer("views") | layer("forms")) == []


def test_only_move_assigns_a_status():
    elsewhere = {path: tree for path, tree in modules().items() if path != "cre/core/states.py"}
    assert found(assigned_statuses, elsewhere) == []


def test_no_import_stands_inside_a_function():
    assert found(imports_inside, modules()) == []


def test_every_write_that_an_app_offers_is_an_action():
    offered = dict(public_names())
    assert {"collaborators", "collaborations"} <= set(offered)
    undecorated = [
        f"{path}:{function.lineno} {function.name}"
        for app, names in offered.items()
        for path, tree in layer("actions").items()
        if path.startswith(f"{app}/")
        for function in functions(tree)
        if function.name in names - set(NOT_ACTIONS) and not decorators(function) & ACTIONS
    ]
    assert undecorated == []


def test_every_action_says_who_acts_by_name():
    silent = [
        f"{path}:{function.lineno} {function.name}"
        for path, tree in layer("actions").items()
        for function in functions(tree)
        if decorators(function) & ACTIONS
        and ("by" not in {argument.arg for argument in function.args.kwonlyargs} or not ast.get_docstring(function))
    ]
    assert silent == []


def test_bulk_writes_stand_only_in_bulk_actions():
    careless = [
        f"{path}:{call.lineno} {name_of(call.func)}"
        for path, tree in layer("actions").items()
        for function in functions(tree)
        if "bulk_action" not in decorators(function)
        for call in calls(function)
        if name_of(call.func).rpartition(".")[2] in ("update", "bulk_create", "bulk_update")
        and name_of(call.func).rpartition(".")[0].endswith("()")
    ]
    assert careless == []


def test_no_module_is_longer_than_three_hundred_lines():
    files = [
        file for top in ("cre", *APPS, "tests") for file in (ROOT / top).rglob("*.py") if "migrations" not in file.parts
    ]
    long = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in files}
    assert {path: lines for path, lines in long.items() if lines > 300} == {}


def test_no_module_has_a_name_that_says_nothing():
    nothing = {"utils", "util", "helpers", "helper", "manager", "managers", "handler", "handlers", "misc"}
    assert [path for path in modules() if set(re.split(r"[/_.]", path)) & nothing] == []


def test_nothing_hides_in_signals_or_save():
    hidden = [
        f"{path}:{function.lineno} {function.name}"
        for path, tree in (layer("models") | layer("signals")).items()
        for function in functions(tree)
        if function.name in ("save", "delete") or "receiver" in decorators(function)
    ]
    assert hidden == []


def sentences_in_texts(tree):
    """Sentences that are asked for inside an f-string."""
    for text in ast.walk(tree):
        if isinstance(text, ast.JoinedStr):
            for call in calls(text):
                if name_of(call.func) in TRANSLATING:
                    yield call, ast.unparse(call)


def test_no_sentence_stands_where_those_who_collect_them_do_not_look():
    """xgettext passes over f-strings: such a sentence would stay English in every language."""
    assert found(sentences_in_texts, modules()) == []
