"""What a log line may say: where the program went wrong, never with which values."""

import logging


class WithoutValues(logging.Filter):
    """Cuts an exception down to its type and its place.

    The message of an exception may quote what somebody typed (a failed constraint shows the row), and
    the request that Django attaches holds the whole form.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        if record.exc_info and record.exc_info[0] is not None:
            trace = record.exc_info[2]
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown place"
            record.msg, record.args = f"{record.exc_info[0].__name__} at {place}", ()
            record.exc_info = record.exc_text = None
        return True
