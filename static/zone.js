// Chooses the reader's own time zone where none was chosen yet; the form works without.
"use strict";
(() => {
  const select = document.querySelector("select[data-guess-zone]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!select || !zone) return;
  if (![...select.options].some((option) => option.value === zone)) {
    select.add(new Option(zone, zone));
  }
  select.value = zone;
})();
