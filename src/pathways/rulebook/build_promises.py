"""Building: what an avenue promises of itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pathways.diagnostics import unique
from pathways.rulebook import model
from pathways.rulebook.build_time import TimeBuilder
from pathways.rulebook.drafting import Draft
from pathways.rulebook.promise import KEYS, Promise


class PromiseBuilder(TimeBuilder):
    """Reads promises; whether they are kept is for :mod:`pathways.authoring.proofs` to say."""

    def promises(self, drafts: Iterable[Draft], hurdles: Collection[str], sources: model.Sources) -> list[Promise]:
        """The promises of an avenue; ``hurdles`` are the names of its hurdles and deadlines."""
        unique((one.id for one in drafts), "promise", self.problems)
        return [promise for one in drafts if (promise := self._promise(one, hurdles, sources))]

    def _promise(self, draft: Draft, hurdles: Collection[str], sources: model.Sources) -> Promise | None:
        given = [key for key in KEYS if draft[key] is not None]
        if len(given) != 1:
            said = " and ".join(f"`{key}`" for key in given) if given else "nothing"
            self.problems.error(
                "bad-promise",
                f"promise `{draft.id}` says {said}",
                draft.id.place,
                help=f"give one of {', '.join(f'`{key}:`' for key in KEYS)}",
            )
        together = draft.never_together or ()
        known = [self.named(name, hurdles, "hurdle") for name in together]
        if draft.never_together and len(set(together)) < 2:
            self.problems.error(
                "bad-promise",
                f"promise `{draft.id}` names fewer than two hurdles",
                draft.id.place,
                help="name two hurdles or deadlines, or more",
            )
        when, never, always = (self.condition(draft[key], sources) for key in ("when", "never", "always"))
        if len(given) != 1 or not all(known):
            return None
        return Promise(
            str(draft.id),
            draft.text,
            when,
            never,
            always,
            tuple(dict.fromkeys(map(str, together))),
            draft.standing or "",
            draft.id.place,
        )
