"""Random worlds, and what each person in them should see."""
