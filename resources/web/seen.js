// Says that a person has opened the page: once it is really on a screen, so not while it is fetched ahead or drawn for a preview.
"use strict";
(() => {
  const url = document.querySelector("[data-seen]").dataset.seen;
  let told = false;

  function tell() {
    if (told || document.prerendering || document.hidden) return;
    told = true;
    fetch(url, { method: "POST", keepalive: true }).catch(() => {});
  }

  document.addEventListener("prerenderingchange", tell);
  document.addEventListener("visibilitychange", tell);
  tell();
})();
