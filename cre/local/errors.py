"""What stops a command, said in a sentence that tells the person what to do."""


class LocalError(Exception):
    """Something this command needs is not there; the message is shown as it is and the exit code is 1."""
