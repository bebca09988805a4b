"""The desk: where regional facilitators, security focal persons and the coordinator work."""
