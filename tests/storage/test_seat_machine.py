"""A share of the machine that tries everything with seats beside a simple model; `make soak` runs 2,000 times 50."""

from tests.storage.seat_machine import run

RUNS, STEPS = 20, 30


def test_whatever_people_do_the_seats_are_given_out_as_the_simple_model_says() -> None:
    run(RUNS, STEPS, derandomize=True)
