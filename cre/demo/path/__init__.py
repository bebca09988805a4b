"""The path of a request, walked by its people through the actions: asking, the desk, the allies."""
