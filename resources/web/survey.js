// Keeps a key for this phone, so that a survey that was left, or answered, is found again by the page that everybody has.
"use strict";
(() => {
  const form = document.querySelector("[data-survey]");
  const name = `survey ${form.dataset.survey}`;

  function made() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  }

  let key = made();
  try {
    key = localStorage.getItem(name) ?? key;
    localStorage.setItem(name, key);
  } catch {
    // Where nothing may be kept, each visit begins anew.
  }
  form.elements.who.value = key;
})();
