"""The community portal: asking, coming back, deciding. Every page works without a script."""
