"""Templates without what none of ours needs at every call: the globals of each are those of all."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2.runtime import Context, Macro


class QuickContext(Context):
    """Calls a macro at once; whatever else is called may ask for the context, as ever."""

    def call(self, called: Any, /, *args: Any, **named: Any) -> Any:
        """What a template calls; names set in its loops are for those who ask for the context."""
        if type(called) is not Macro:
            return super().call(called, *args, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **named)


class QuickTemplates(Environment):
    """Flask's templates; none has globals of its own, so that those of all need not be looked for in two places."""

    context_class = QuickContext

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template of the site may call."""
        return super().make_globals(d) if d else self.globals
