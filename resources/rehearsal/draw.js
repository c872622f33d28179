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

const SVG = "http://www.w3.org/2000/svg";
const SIGNS = {
  picture: ["M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z", "M7 9a2 2 0 1 0 4 0 2 2 0 1 0-4 0", "m21 15-4-4L6 21"],
  place: ["M12 21c5-5 7-8 7-11a7 7 0 1 0-14 0c0 3 2 6 7 11z", "M9.5 10a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0"],
  sticker: ["M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0", "M8 14c2 2.7 6 2.7 8 0", "M9 9v.5", "M15 9v.5"],
  send: ["m21 3-7 18-4-8-8-4z", "M21 3 10 13"],
};

export function sign(name) {
  const made = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "1.8", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" })) made.setAttribute(key, value);
  for (const line of SIGNS[name]) made.appendChild(document.createElementNS(SVG, "path")).setAttribute("d", line);
  return made;
}

export function face(name, id) {
  const tint = [...id].reduce((sum, one) => sum + one.charCodeAt(0), 0) % 5;
  return el("span", `face t${tint}`, [...name.trim()][0] ?? "?");
}

export function clock(moment) {
  return new Intl.DateTimeFormat(words.language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Tokyo" }).format(new Date(moment));
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
