"""How moments are written, where Django does not know it well."""
