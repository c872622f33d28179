// Building blocks of the page. Everything a shop or a friend wrote goes in as text, never as markup.

export let words = { language: "en" };

export async function speak(language) {
  words = await (await fetch(`/rehearsal/words?language=${encodeURIComponent(language)}`)).json();
  document.documentElement.lang = words.language;
  for (const [attribute, set] of [
    ["word", (one, text) => { one.textContent = text; }],
    ["placeholder", (one, text) => { one.placeholder = text; }],
    ["label", (one, text) => one.setAttribute("aria-label", text)],
  ]) {
    for (const one of document.querySelectorAll(`[data-${attribute}]`)) set(one, words[one.dataset[attribute]]);
  }
  document.title = words.title;
}

// A sentence whose {places} are filled.
export function say(key, places = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_whole, name) => places[name] ?? "");
}

export function el(tag, className = "", ...inside) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (tag === "button") made.type = "button";
  made.append(...inside.filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

// A picture of the shop's; where it cannot be loaded its address stands there.
export function picture(address, className = "") {
  const made = el("img", className);
  made.alt = "";
  made.referrerPolicy = "no-referrer";
  made.addEventListener("error", () => made.replaceWith(el("span", "missing", say("missing"), el("small", "", address))));
  made.src = address;
  return made;
}

export function tappable(made, act) {
  made.setAttribute("role", "button");
  made.tabIndex = 0;
  made.addEventListener("click", (event) => { event.stopPropagation(); act(); });
  if (made.tagName !== "BUTTON") {
    made.addEventListener("keydown", (event) => {
      if (event.target === made && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); event.stopPropagation(); act(); }
    });
  }
  return made;
}

export function face(name, id) {
  const tint = [...id].reduce((sum, one) => sum + one.charCodeAt(0), 0) % 5;
  return el("span", `face t${tint}`, [...name.trim()][0] ?? "?");
}

export function clock(moment) {
  return new Intl.DateTimeFormat(words.language, { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tokyo" }).format(new Date(moment));
}

export function day(moment) {
  return new Intl.DateTimeFormat(words.language, { month: "short", day: "numeric", weekday: "short", timeZone: "Asia/Tokyo" }).format(new Date(moment));
}

// Text with its addresses as links.
export function linked(text) {
  const parts = text.split(/(https?:\/\/[^\s<>"'、。）」]+)/);
  return parts.map((part, place) => (place % 2 ? link(part) : part));
}

function link(address) {
  const made = el("a", "", address);
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}
