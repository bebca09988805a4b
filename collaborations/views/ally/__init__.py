"""The ally portal: offers that say what the community approved, and the work that follows."""
