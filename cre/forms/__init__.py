"""How forms look: one renderer, so that a plain `forms.Form` anywhere gets our fields, hints and errors."""
