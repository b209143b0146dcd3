"""A run over claimed messages that several lines share: each is begun, sent, and settled right after its answer."""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Condition
from typing import Any

from tracker.domain.addresses import domain_of
from tracker.domain.parcel import Parcel
from tracker.domain.post import wait_after
from tracker.services.deliver import Post, begin_some, send
from tracker.services.settle_delivery import goes_on, put_back, settle
from tracker.storage import deliveries
from tracker.storage.engine import Prompt

BEGUN = 8
"""Messages begun in one change, of those that were never tried before."""
FRESH = timedelta(seconds=1)
"""How long after that a message goes out without being asked for again: its reader may have left."""
EACH = 2
"""Lines that one domain may hold, so that one that is slow leaves some to the others."""


class Sending:
    """What is claimed and not sent yet, and the lines that send it."""

    def __init__(
        self, database: Any, post: Post, now: Callable[[], datetime], stopped: Callable[[], bool]
    ) -> None:
        """Nothing is claimed yet."""
        self.database, self.post, self.now, self.stopped = database, post, now, stopped
        self.accepted, self.closed = 0, False
        self._ahead: deque[Parcel] = deque()
        self._begun: deque[tuple[Parcel, datetime]] = deque()
        self._under_way: Counter[str] = Counter()
        self._slow: set[str] = set()
        self._changed = Condition()

    def is_over(self) -> bool:
        """Whether nothing more is begun."""
        return self.closed or self.stopped()

    def holds(self) -> int:
        """How many messages are claimed and not under way."""
        return len(self._ahead) + len(self._begun)

    def can_send(self) -> bool:
        """Whether another line would find something to do."""
        with self._changed:
            waiting = (*(parcel for parcel, _ in self._begun), *self._ahead)
            return not self.is_over() and any(self._has_room(parcel) for parcel in waiting)

    def take(self, parcels: Sequence[Parcel]) -> None:
        """These were claimed; what goes to domains that were too slow already waits a while."""
        with self._changed:
            self._ahead.extend(parcel for parcel in parcels if not self._is_slow(parcel))
        self._put_back([parcel for parcel in parcels if self._is_slow(parcel)])

    def wait(self, until: Callable[[], bool], seconds: float) -> bool:
        """Wait for something that the lines do; whether it came within so many seconds."""
        with self._changed:
            return self._changed.wait_for(until, seconds)

    def work_off(self) -> None:
        """One line: messages one after the other, while there are some that it may begin."""
        with self.database.promptly() as change:
            while (parcel := self._next(change)) is not None:
                if not self._sent(change, parcel):
                    break

    def wake(self) -> None:
        """Whoever waits looks again."""
        with self._changed:
            self._changed.notify_all()

    def put_back(self) -> None:
        """What was claimed and not sent waits again."""
        self._put_back([*(parcel for parcel, _ in self._begun), *self._ahead])
        self._begun.clear()
        self._ahead.clear()

    def _sent(self, change: Prompt, parcel: Parcel) -> bool:
        """Send one message and write down at once what became of it; whether this line goes on."""
        accepted_before = self.accepted
        outcome = send(self.post, parcel, self.now())
        if outcome.accepted:
            deliveries.settle_sent(change, parcel.batch, parcel.lease_until_at, self.now())
        else:
            with self.database.writing() as session:
                settle(session, parcel, outcome, self.now())
        if outcome.slow:
            self._defer(domain_of(parcel.address))
        with self._changed:
            self._under_way[domain_of(parcel.address)] -= 1
            self.accepted += outcome.accepted
            if not (goes_on(outcome) or +self._under_way or self.accepted > accepted_before):
                self.closed = True
                self.post.closed_at[parcel.channel] = self.now()
        # A relay that takes no further line may take what the others bring; without others it is out of reach.
        return goes_on(outcome)

    def _defer(self, domain: str) -> None:
        """What else goes to a domain that kept us waiting in vain is tried a while later."""
        with self._changed:
            self._slow.add(domain)
            waiting = [parcel for parcel in self._ahead if self._is_slow(parcel)]
            self._ahead = deque(parcel for parcel in self._ahead if not self._is_slow(parcel))
        self._put_back(waiting)

    def _next(self, change: Prompt) -> Parcel | None:
        while not self.is_over():
            parcel = self._begun_one()
            if parcel is not None:
                return parcel
            some = self._some()
            if not some:
                return None
            self._begin(change, some)
        return None

    def _begun_one(self) -> Parcel | None:
        """The next that is begun and may go now; what was begun too long ago waits again."""
        stale: list[Parcel] = []
        found: Parcel | None = None
        with self._changed:
            for one in list(self._begun):
                parcel, begun_at = one
                is_stale = self.now() - begun_at > FRESH or self._is_slow(parcel)
                if not is_stale and (found is not None or not self._has_room(parcel)):
                    continue
                self._begun.remove(one)
                if is_stale:
                    stale.append(parcel)
                else:
                    found = parcel
                    self._under_way[domain_of(parcel.address)] += 1
        self._put_back(stale)
        return found

    def _some(self) -> list[Parcel]:
        """The next to be begun together: one that was tried before goes alone, for it may have ended its worker."""
        some: list[Parcel] = []
        with self._changed:
            for parcel in list(self._ahead):
                if not self._has_room(parcel):
                    continue
                if some and (parcel.attempts > 1 or parcel.lease_until_at != some[0].lease_until_at):
                    break
                self._ahead.remove(parcel)
                some.append(parcel)
                if parcel.attempts > 1 or len(some) == BEGUN:
                    break
            self._changed.notify_all()
        return some

    def _begin(self, change: Prompt, some: Sequence[Parcel]) -> None:
        """Those still wanted may go now; the others wait again, or are gone."""
        begun = begin_some(self.database, change, some, self.now())
        with self._changed:
            self._begun.extend((parcel, self.now()) for parcel in begun)
        self._put_back([parcel for parcel in some if parcel not in begun])

    def _has_room(self, parcel: Parcel) -> bool:
        return self._under_way[domain_of(parcel.address)] < EACH

    def _is_slow(self, parcel: Parcel) -> bool:
        return domain_of(parcel.address) in self._slow

    def _put_back(self, parcels: Sequence[Parcel]) -> None:
        if parcels:
            now = self.now()
            with self.database.writing() as session:
                for parcel in parcels:
                    put_back(session, parcel, now + wait_after(1) if self._is_slow(parcel) else now)
