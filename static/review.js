// The keys of the review queue. The page says what each key does ([data-key]); everything they do
// stands on the page as a button, a link or a form as well, and works without this file.
(() => {
  "use strict";
  const OFF = "answerby-keys-off";
  const FIELDS = "input, select, textarea, button";
  const toggle = document.getElementById("keys-on");
  let leaving = false;

  const remembered = () => {
    try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
  };
  const remember = (off) => {
    try { localStorage.setItem(OFF, off ? "1" : "0"); } catch { /* private window: for this page only */ }
  };
  const keysWork = () => (toggle ? toggle.checked : !remembered());
  const typing = (element) => element !== toggle && element.closest("input, select, textarea, [contenteditable]") !== null;

  const open = (details) => {
    details.open = true;
    const first = [...details.querySelectorAll(FIELDS)].find((field) => field.type !== "hidden" && !field.closest("[hidden]"));
    (first || details.querySelector("summary")).focus();
    details.scrollIntoView({ block: "nearest" });
  };

  const follow = (element) => {
    if (element.tagName === "DETAILS") {
      if (element.id === "keys" && element.open) element.open = false;
      else open(element);
    } else {
      leaving = element.target !== "_blank";
      element.click();
    }
  };

  const step = (by) => {
    const rows = [...document.querySelectorAll("[data-row]")];
    if (rows.length === 0) return false;
    const at = rows.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
    rows[next].focus();
    rows[next].closest("li").scrollIntoView({ block: "nearest" });
    return true;
  };

  const leaveField = (event) => {
    const details = event.target.closest("details");
    if (details) { details.open = false; details.querySelector("summary").focus(); } else event.target.blur();
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && event.target.closest("details, input, select, textarea")) return leaveField(event);
    if (event.repeat || leaving || !keysWork() || typing(event.target) || event.key.length !== 1) return;
    const key = event.key.toLowerCase();
    if ((key === "j" && step(1)) || (key === "k" && step(-1))) return event.preventDefault();
    const element = document.querySelector(`[data-key~="${CSS.escape(key)}"]`);
    if (!element) return;
    event.preventDefault();
    follow(element);
  });

  for (const link of document.querySelectorAll("[data-opens]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(document.querySelector(`[data-key~="${link.dataset.opens}"]`));
    });
  }

  if (toggle) {
    toggle.closest("[hidden]").hidden = false;
    toggle.checked = !remembered();
    toggle.addEventListener("change", () => remember(!toggle.checked));
  }

  // Coming back with the browser's own buttons: the page is as it was, and its keys work again.
  window.addEventListener("pageshow", () => { leaving = false; });

  // Whoever listens hears what was done and what lies before them; what was refused comes first.
  const start = document.querySelector(".errors") || document.querySelector("[data-start]");
  if (start && !document.querySelector("[autofocus]")) start.focus({ preventScroll: true });
})();
