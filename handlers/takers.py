"""What goes on with work in hand or with what was just told, in this order; each says whether it took the words."""

from __future__ import annotations

from handlers import (
    added_facts,
    afterwards,
    anonymous,
    asking_back,
    correcting,
    danger_safety,
    discontent,
    discreet,
    forwarded,
    going_up,
    in_hand,
    keeper_after,
    keeper_several,
    long_story,
    on_behalf,
    ordering,
    pressing,
    rating_again,
    rating_why,
    sealed_hands,
    sealed_more,
    talk,
    tracking,
    whereabouts,
)

TAKERS = (
    anonymous.take, sealed_more.take, discreet.take, going_up.take, on_behalf.take, keeper_several.take, ordering.take,
    keeper_after.take, in_hand.take, sealed_hands.take, rating_why.take, discontent.take, danger_safety.take_over, talk.take_trick,
    talk.take_lost, asking_back.take, whereabouts.take, whereabouts.take_another, correcting.take, added_facts.take,
    tracking.take_anothers, rating_again.take, afterwards.take_what_it_shows, long_story.take_worse, pressing.take,
    forwarded.take,
)  # fmt: skip
