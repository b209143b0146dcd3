// The list of what needs a look by keyboard: j and k move, x ticks, o opens the places, r enters a response.
(() => {
  const form = document.getElementById("looks");
  if (!form) return;
  form.querySelectorAll("[data-keys]").forEach((hint) => { hint.hidden = false; });
  const boxes = [...form.querySelectorAll('input[name="obligations"]')];
  const row = () => (document.activeElement ? document.activeElement.closest("li") : null);
  const here = () => boxes.findIndex((box) => row() && row().contains(box));
  const go = (step) => {
    const next = boxes[Math.max(0, Math.min(boxes.length - 1, here() + step))];
    next.focus();
    next.closest("li").scrollIntoView({ block: "nearest" });
  };
  const act = {
    j: () => go(1),
    k: () => go(-1),
    x: () => { if (here() >= 0) boxes[here()].click(); },
    o: () => { if (row()) row().querySelectorAll("[data-place]").forEach((link) => window.open(link.href, "_blank", "noopener,noreferrer")); },
    r: () => { const link = row() && row().querySelector("[data-found]"); if (link) window.location.assign(link.href); },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("textarea, select, input:not([type=checkbox])");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !act[event.key]) return;
    event.preventDefault();
    act[event.key]();
  });
})();
