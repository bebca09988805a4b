"""Every variable that the product reads is explained where an operator looks for it."""

import re

from cre.local.worlds import CLONE

READ = re.compile(r"""(?:environ(?:\.get\(|\[)|flag\(|words\(|number\(|database\()\s*["']([A-Z_]+)["']""")
# Of the system, not of the product.
FOREIGN = {"PATH"}


def test_every_variable_is_in_the_example_file():
    explained = (CLONE / ".env.example").read_text()
    read = {name for file in (CLONE / "cre").rglob("*.py") for name in READ.findall(file.read_text())}

    assert "SECRET_KEY" in read
    assert sorted(name for name in read - FOREIGN if not re.search(rf"\b{name}\b", explained)) == []
