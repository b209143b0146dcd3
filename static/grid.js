// The grid by keyboard: bodies found while one types, Enter for the next row, Ctrl+Enter for the dates.
// Everything here can be done without this file: names are typed out, "More rows" and "Show the dates" are buttons.
(() => {
  "use strict";
  const form = document.getElementById("grid");
  if (!form) return;
  const rows = document.getElementById("grid-rows");
  const count = document.getElementById("rows");
  const hints = document.querySelectorAll(".grid-keys");
  hints.forEach((hint) => { hint.hidden = false; });

  // Bodies: the part of the field after the last semicolon is what is being typed.
  let list = null, field = null, options = [], at = -1, asked = 0, waiting = null, shownFor = "";

  const typedPart = (input) => input.value.slice(input.value.lastIndexOf(";") + 1).trim();
  const close = () => {
    if (list && list.parentElement) list.parentElement.remove();
    if (field) { field.removeAttribute("aria-activedescendant"); field.setAttribute("aria-expanded", "false"); }
    list = null; options = []; at = -1;
  };
  const mark = (next) => {
    at = next;
    [...list.children].forEach((one, n) => one.setAttribute("aria-selected", String(n === at)));
    if (at >= 0) { field.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
  };
  const put = (input, text) => {
    const before = input.value.slice(0, input.value.lastIndexOf(";") + 1).trim();
    input.value = `${before ? `${before} ` : ""}${text}; `;
    close();
    waiting = null;
    asked++;
  };
  const option = (text, small, value, n) => {
    const item = document.createElement("li");
    item.id = `find-${n}`;
    item.setAttribute("role", "option");
    item.textContent = text;
    if (small) {
      const more = document.createElement("span");
      more.className = "quiet";
      more.textContent = ` ${small}`;
      item.append(more);
    }
    item.addEventListener("mousedown", (event) => { event.preventDefault(); put(field, value); field.focus(); });
    options.push(value);
    return item;
  };
  const show = (input, found, typed) => {
    close();
    field = input;
    shownFor = typed;
    list = document.createElement("ul");
    list.id = "finds";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.choose);
    let n = 0;
    for (const one of found) {
      const about = [one.matched, one.kind, one.jurisdiction, one.now].filter(Boolean).join(" · ");
      list.append(option(one.name, about, one.name.includes(";") ? one.key : one.name, n++));
    }
    const isKnown = found.some((one) => one.name.toLowerCase() === typed.toLowerCase());
    if (!isKnown && !/[[(]/.test(typed)) list.append(option(form.dataset.create.replace("{name}", typed), form.dataset.place, `${typed} [new]`, n));
    if (!list.children.length) { list = null; return; }
    const holder = document.createElement("div");
    holder.className = "finds";
    holder.append(list);
    input.after(holder);
    input.setAttribute("aria-expanded", "true");
    if (found.length) mark(0);
  };
  const look = async (typed) => {
    try {
      const answer = await fetch(`${form.dataset.find}?q=${encodeURIComponent(typed)}&place=${encodeURIComponent(form.dataset.place)}`, { credentials: "same-origin" });
      return answer.ok ? (await answer.json()).data : [];
    } catch { return []; }
  };
  const ask = async (input) => {
    const typed = typedPart(input), mine = ++asked;
    if (!typed) { close(); waiting = null; return; }
    const found = await look(typed);
    if (mine !== asked) return;
    waiting = null;
    if (typedPart(input) === typed && document.activeElement === input) show(input, found, typed);
  };
  const take = async (input) => {
    if (list && field === input && shownFor === typedPart(input) && at >= 0) { put(input, options[at]); return; }
    if (list && field === input && shownFor === typedPart(input)) return;
    if (!list && !waiting) { goOn(input); return; }
    // Quick fingers: Enter came before the answer. What is typed stands, and is replaced once the answer is there.
    const typed = typedPart(input);
    put(input, typed);
    const found = await look(typed);
    if (!found.length) return;
    const name = found[0].name.includes(";") ? found[0].key : found[0].name;
    input.value = input.value.split(";").map((one) => (one.trim() === typed ? one.replace(typed, () => name) : one)).join(";");
  };

  const goOn = (input) => {
    const row = input.closest("[data-grid-row]");
    if (row) next(row);
  };

  const bodies = (input) => {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", "finds");
    input.addEventListener("input", () => { waiting = ask(input); });
    input.addEventListener("blur", close);
  };

  // Rows: Enter in a row goes on to the next one, which is made where there is none.
  const fresh = (place) => {
    const last = rows.lastElementChild;
    const made = last.cloneNode(true);
    const old = last.dataset.gridRow;
    made.dataset.gridRow = String(place);
    made.classList.remove("wrong");
    made.querySelectorAll(".error, .finds, input[type=hidden], legend .quiet, .hint").forEach((one) => one.remove());
    made.querySelectorAll("[id], [for], [name]").forEach((one) => {
      for (const name of ["id", "for", "name"]) {
        if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace(new RegExp(`-${old}$`), `-${place}`));
      }
    });
    made.querySelectorAll("input, textarea, select").forEach((one) => {
      if (one.tagName === "SELECT") one.selectedIndex = 0; else one.value = "";
      ["aria-invalid", "aria-describedby"].forEach((name) => one.removeAttribute(name));
    });
    made.querySelectorAll("details").forEach((one) => { one.open = false; });
    const legend = made.querySelector("legend");
    legend.textContent = legend.textContent.replace(/\d+/, String(place)).trim();
    made.querySelectorAll("[data-bodies]").forEach(bodies);
    rows.append(made);
    count.value = String(place);
    return made;
  };
  const next = (row) => {
    const place = Number(row.dataset.gridRow) + 1;
    const there = rows.querySelector(`[data-grid-row="${place}"]`);
    if (!there && place > Number(form.dataset.most)) return;
    (there || fresh(place)).querySelector("input:not([type=hidden])").focus();
  };

  form.querySelectorAll("[data-bodies]").forEach(bodies);
  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const input = event.target;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      document.getElementById("preview").click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (list && field === input && ["ArrowDown", "ArrowUp", "Escape"].includes(event.key)) {
      event.preventDefault();
      if (event.key === "Escape") close();
      else mark((at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length);
      return;
    }
    if (event.key !== "Enter" || input.tagName !== "INPUT") return;
    event.preventDefault();
    if (input.hasAttribute("data-bodies") && typedPart(input)) { take(input); return; }
    goOn(input);
  });
  const dates = document.getElementById("dates") || document.querySelector(".errors");
  if (dates) dates.focus();
})();
