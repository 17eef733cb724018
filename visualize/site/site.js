// Three small services that a page can do without: the filter, the language switch that keeps the place, and open details.
"use strict";

for (const link of document.querySelectorAll("[data-switch]")) {
  link.addEventListener("click", () => { link.hash = location.hash; });
}

const field = document.getElementById("filter");
if (field) {
  const entries = [...document.querySelectorAll(field.dataset.filter)];
  const texts = entries.map((entry) => entry.textContent.toLowerCase());
  const found = document.getElementById("found");
  const none = document.getElementById("none");
  const apply = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    entries.forEach((entry, at) => {
      const fits = words.every((word) => texts[at].includes(word));
      entry.hidden = !fits;
      count += fits ? 1 : 0;
    });
    found.textContent = words.length ? `${count} / ${entries.length}` : "";
    if (none) none.hidden = count > 0;
  };
  field.addEventListener("input", apply);
  apply();
}

const reveal = () => {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let up = target; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();
