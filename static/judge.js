// Quotes by hand: a click on a sentence puts its words into the point one is at. All of it works
// without this file too, by the numbers of the sentences.
(() => {
  "use strict";
  const form = document.querySelector("[data-judging]");
  if (!form) return;
  const points = [...form.querySelectorAll("[data-point]")];
  let current = points[0];

  const field = (point, name) => form.querySelector(`[name="${name}-${CSS.escape(point.dataset.point)}"]`);
  const goTo = (point) => {
    current = point;
    for (const one of points) one.classList.toggle("current", one === point);
  };
  const add = (point, words, page) => {
    const quote = field(point, "quote");
    const said = words.replace(/\s+/g, " ").trim();
    if (!said) return;
    quote.value = quote.value.trim() ? `${quote.value.trim()} […] ${said}` : said;
    if (page && !field(point, "page").value) field(point, "page").value = page;
    quote.focus();
  };
  const addSentence = (point, number) => {
    const sentence = document.getElementById(`s-${number}`);
    if (sentence) add(point, sentence.querySelector("[data-said]").textContent, sentence.dataset.page);
  };

  for (const point of points) {
    point.addEventListener("focusin", () => goTo(point));
    const button = point.querySelector("[data-quote-selected]");
    button.hidden = false;
    // Pressing a button must not lose what is selected.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      const chosen = window.getSelection();
      const from = chosen.anchorNode && chosen.anchorNode.parentElement.closest("[data-number]");
      add(point, from ? chosen.toString() : "", from ? from.dataset.page : "");
    });
    for (const take of point.querySelectorAll("[data-take]")) {
      take.hidden = false;
      take.addEventListener("click", () => addSentence(point, take.dataset.take));
    }
  }
  for (const hint of form.querySelectorAll("[data-with-keys]")) hint.hidden = false;
  for (const sentence of form.querySelectorAll("[data-number]")) {
    const said = sentence.querySelector("[data-said]");
    said.tabIndex = 0;
    said.setAttribute("role", "button");
    said.addEventListener("click", () => {
      if (String(window.getSelection())) return;
      addSentence(current, sentence.dataset.number);
    });
    said.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      addSentence(current, sentence.dataset.number);
    });
  }
})();
