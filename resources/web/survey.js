// Keeps a key for this phone, so that a survey that was left, or answered, is found again by the page that everybody has.
"use strict";
(() => {
  const there = document.querySelector("[data-survey]");
  const form = there.matches("form") ? there : null; // none where no answers are taken any more
  const name = `survey ${there.dataset.survey}`;

  function made() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  }

  let kept = null;
  try {
    kept = localStorage.getItem(name);
  } catch {
    // Where nothing may be kept, each visit begins anew.
  }
  if (kept) location.replace(`/survey/${there.dataset.survey}.${kept}`);
  else if (form) {
    form.elements.who.value = made();
    form.addEventListener("submit", () => {
      try {
        localStorage.setItem(name, form.elements.who.value);
      } catch {
        // As above.
      }
    });
  }
})();
