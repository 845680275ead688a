"""What is kept is the same for the same objects, and never given to others."""

from __future__ import annotations

from paperwork import kept


def test_what_is_made_of_an_object_is_made_once_and_of_an_equal_one_anew() -> None:
    made: list[list[int]] = []

    @kept.per_object
    def doubled(numbers: list[int]) -> list[int]:
        made.append(numbers)
        return [2 * n for n in numbers]

    first, second = [1, 2], [1, 2]
    assert doubled(first) is doubled(first)
    assert doubled(second) == [2, 4]
    assert len(made) == 2


def test_an_object_that_is_kept_does_not_lend_its_identity_to_another() -> None:
    told = kept.per_object(lambda numbers: list(numbers))
    assert [told([n]) for n in range(2 * kept.MOST)] == [[n] for n in range(2 * kept.MOST)]
