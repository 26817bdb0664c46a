"""When Python looks for garbage: seldom, and not among what is there for good.

Looking through everything that was loaded at the start stops the event loop for more than 100 ms, many times an hour.
"""

import gc

YOUNG, MIDDLE, OLD = 20_000, 20, 50
"""After how many new objects the young ones are looked at, and after how many looks those that lived through them."""


def settle() -> None:
    """Take all that lives now for permanent; to be called once, when everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
