import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.pacing import UNCOUNTED, Pacing

SEND = "sendMessage"


def drive(pacing: Pacing, chats: list[int], begin: float = 100.0) -> list[tuple[float, int]]:
    """(time, chat) of calls made as soon as they may be, each chat's in order, as the sender makes them."""
    waiting, now, made = list(chats), begin, []
    while waiting:
        delays = {chat: pacing.delay(chat, SEND, now) for chat in dict.fromkeys(waiting)}
        ready = [chat for chat, delay in delays.items() if delay == 0]
        if not ready:
            now += max(min(delays.values()), 1e-6)
            continue
        pacing.take(ready[0], SEND, now)
        made.append((now, ready[0]))
        waiting.remove(ready[0])
    return made


def busiest(times: list[float], seconds: float) -> int:
    """The most calls in any span of that length."""
    return max(sum(begin <= time < begin + seconds - 1e-6 for time in times) for begin in times)


@pytest.mark.parametrize("limit", [1, 5, 30])
def test_no_second_sees_more_than_the_limit(limit: int) -> None:
    times = [time for time, _ in drive(Pacing(limit), list(range(1, 4 * limit + 5)))]
    assert busiest(times, 1.0) == limit
    assert times[-1] - times[0] <= len(times) / limit, "and the limit is used"


@settings(max_examples=60, deadline=None)
@given(limit=st.integers(1, 8), chats=st.lists(st.integers(1, 6), min_size=1, max_size=40))
def test_whoever_is_written_to_no_second_sees_more_than_the_limit(limit: int, chats: list[int]) -> None:
    made = drive(Pacing(limit), chats)
    assert len(made) == len(chats)
    assert busiest([time for time, _ in made], 1.0) <= limit


def test_a_chat_gets_a_few_messages_at_once_and_then_one_a_second() -> None:
    times = [time - 100.0 for time, _ in drive(Pacing(30), [1] * 9)]
    assert times == pytest.approx([0, 0, 0, 0, 0, 1, 2, 3, 4], abs=0.01)


def test_a_quiet_chat_has_its_messages_back() -> None:
    pacing = Pacing(30)
    drive(pacing, [1] * 5)
    assert pacing.delay(1, SEND, 100.0) > 0
    assert [time for time, _ in drive(pacing, [1] * 5, 200.0)] == [200.0] * 5


def test_a_group_gets_twenty_messages_a_minute_at_most() -> None:
    times = [time for time, _ in drive(Pacing(30), [-100] * 60)]
    assert busiest(times, 60.0) <= 20


def test_one_chat_does_not_hold_up_another() -> None:
    pacing = Pacing(30)
    drive(pacing, [1] * 5)
    assert pacing.delay(2, SEND, 100.0) == 0


@pytest.mark.parametrize("method", sorted(UNCOUNTED))
def test_what_is_no_message_waits_for_no_message(method: str) -> None:
    pacing = Pacing(1)
    drive(pacing, [1])
    assert pacing.delay(1, method, 100.0) == 0
    for _ in range(20):
        pacing.take(1, method, 100.0)
    assert pacing.delay(2, SEND, 101.0) == 0


def test_a_closed_chat_is_left_alone_and_others_are_not() -> None:
    pacing = Pacing(30)
    pacing.close(1, 130.0)
    assert pacing.delay(1, SEND, 100.0) == 30.0
    assert pacing.delay(1, "answerCallbackQuery", 110.0) == 20.0
    assert pacing.delay(2, SEND, 100.0) == 0
    assert pacing.delay(1, SEND, 130.0) == 0


def test_two_closed_chats_mean_the_whole_bot() -> None:
    pacing = Pacing(30)
    pacing.close(1, 105.0)
    pacing.close(2, 106.0)
    assert pacing.delay(3, SEND, 100.0) == 5.0
    assert pacing.delay(2, SEND, 100.0) == 6.0
    assert pacing.delay(3, SEND, 105.0) == 0


def test_one_chat_closed_twice_does_not_close_the_bot() -> None:
    pacing = Pacing(30)
    pacing.close(1, 105.0)
    pacing.close(1, 106.0)
    assert pacing.delay(2, SEND, 100.0) == 0


def test_everything_can_be_closed_and_only_for_longer() -> None:
    pacing = Pacing(30)
    pacing.close_all(110.0)
    pacing.close_all(105.0)
    for chat, method in itertools.product((1, -1), (SEND, "answerCallbackQuery")):
        assert pacing.delay(chat, method, 100.0) == 10.0


def test_memory_follows_the_traffic() -> None:
    pacing = Pacing(1000)
    for chat in range(1, 3000):
        pacing.delay(chat, SEND, 100.0)
    pacing.forget_idle(100.0)
    assert len(pacing._buckets) == 0, "asking is no traffic"
    for chat in range(1, 100):
        pacing.take(chat, SEND, 100.0)
        pacing.close(chat, 101.0)
    pacing.forget_idle(100.5)
    assert (len(pacing._buckets), len(pacing._closed)) == (99, 99), "limits that hold are not forgotten"
    pacing.forget_idle(200.0)
    assert (len(pacing._buckets), len(pacing._closed)) == (0, 0)
    pacing.delay(1, SEND, 200.0)
    assert len(pacing._window) == 0


def test_forgetting_does_not_lift_a_limit() -> None:
    pacing = Pacing(30)
    drive(pacing, [1] * 5)
    pacing.forget_idle(100.0)
    assert pacing.delay(1, SEND, 100.0) > 0.9
