// The card's code changes: this fetches the next one, counts down, and says so when it cannot.
"use strict";
(() => {
  const pass = document.querySelector("[data-next]");
  const dark = pass.querySelector(".qr path");
  const bar = pass.querySelector("progress");
  const said = pass.querySelector("[data-said]");
  const SLOT = 1000 * bar.max;
  const AGAIN = 4000;
  let ends = performance.now() + 1000 * Number(pass.dataset.seconds);
  let asksAt = ends;
  let asking = false;
  let gone = false;

  function draw() {
    const now = performance.now();
    const left = Math.max(0, Math.ceil((ends - now) / 1000));
    const late = gone || now > ends + AGAIN / 2;
    pass.classList.toggle("away", late);
    pass.classList.toggle("over", gone || now > ends + SLOT); // so long a till takes the code that was
    bar.value = left;
    said.textContent = gone ? pass.dataset.gone : late ? pass.dataset.away : pass.dataset.left.replace("{n}", left);
  }

  async function ask() {
    asking = true;
    try {
      const answer = await fetch(pass.dataset.next, { method: "POST", cache: "no-store" });
      gone = answer.status === 404;
      if (!answer.ok) throw new Error(answer.status);
      const next = await answer.json();
      dark.setAttribute("d", next.path);
      ends = asksAt = performance.now() + 1000 * next.seconds;
    } catch {
      asksAt = performance.now() + AGAIN;
    } finally {
      asking = false;
      draw();
    }
  }

  function tick() {
    if (!asking && !gone && !document.hidden && performance.now() >= asksAt) ask();
    draw();
  }

  function now() {
    asksAt = 0;
    tick();
  }

  document.addEventListener("visibilitychange", () => document.hidden || now()); // a phone that slept has an old code
  addEventListener("pageshow", (event) => event.persisted && now());
  addEventListener("online", now);
  setInterval(tick, 500);
  draw();
})();
