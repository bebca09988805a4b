"""What in a brief could tell who a community is: found in plain strings, said in plain words."""

from collaborations.identifying.scanning import warnings_in
from collaborations.identifying.warning import BriefWarning, Known, Tell

__all__ = ["BriefWarning", "Known", "Tell", "warnings_in"]
