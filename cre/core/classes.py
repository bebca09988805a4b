"""How confidential each field is. Placeholder until the registry below is written."""
from enum import StrEnum


class DataClass(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    IDENTITY = "identity"


PUBLIC, INTERNAL, CONFIDENTIAL, IDENTITY = DataClass
