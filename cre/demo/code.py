"""The one receipt code that everybody knows: it opens a community of the demonstration and nothing else."""

from collaborators.codes import ReceiptCode

DEMO_CODE = ReceiptCode(locator="12341234", secret="1234123412341234123")
DEMO_COMMUNITY = "mist-ridge"
