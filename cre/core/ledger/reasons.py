"""What counts as a written reason: a sentence that somebody else understands later."""

LEAST_SIGNS, LEAST_WORDS = 20, 4


def is_sentence(reason: str) -> bool:
    """Whether this says something: several different words, not one word or one sign again and again."""
    words = {word.casefold() for word in reason.split()}
    return len(reason.strip()) >= LEAST_SIGNS and len(words) >= LEAST_WORDS
