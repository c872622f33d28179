// Says that a page was really on a screen, once a visit; lets a browser like news once, by a number that only it keeps.
"use strict";
(() => {
  const seen = document.querySelector("[data-seen]");
  const form = document.querySelector("form[data-like]");

  function kept(store, key, value) {
    try {
      if (value) store.setItem(key, value);
      return store.getItem(key);
    } catch {
      return null; // a browser that keeps nothing: the number of the page has to do
    }
  }

  let told = false;
  function tell() {
    const path = seen.dataset.seen;
    if (told || document.prerendering || document.hidden || kept(sessionStorage, path)) return;
    told = true;
    kept(sessionStorage, path, "1");
    fetch(path, { method: "POST", keepalive: true }).catch(() => {});
  }

  if (seen) {
    document.addEventListener("prerenderingchange", tell);
    document.addEventListener("visibilitychange", tell);
    tell();
  }
  if (form) {
    const button = form.querySelector("button");
    const liked = "liked " + form.dataset.like;
    const mine = kept(localStorage, "mark");
    if (mine) form.elements.nonce.value = mine;
    if (kept(localStorage, liked)) {
      button.setAttribute("aria-pressed", "true");
      button.childNodes[1].textContent = form.dataset.done;
      form.elements.on.value = "0";
    }
    form.addEventListener("submit", () => {
      kept(localStorage, "mark", form.elements.nonce.value);
      if (form.elements.on.value === "1") kept(localStorage, liked, "1");
      else localStorage.removeItem(liked);
    });
  }
})();
