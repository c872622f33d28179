// The page: the list of friends, the phone of the chosen one, and what the shop hears.

import { clock, el, face, say, speak, words } from "/rehearsal/page/draw.js";
import { inShort } from "/rehearsal/page/messages.js";
import { drawDoings, drawPhone, emptyPhone, putDown } from "/rehearsal/page/phone.js";
import { holding } from "/rehearsal/page/taps.js";

const PAUSE_MS = 700;
const MOST_HEARD = 30;
const at = (id) => document.getElementById(id);
let chosen = decodeURIComponent(location.hash.slice(1)) || null;
let revision = "";
let shown = "";

async function look() {
  try {
    const answer = await fetch(`/rehearsal/friends?seen=${revision}&search=${encodeURIComponent(at("search").value.trim())}`);
    at("ended").hidden = true;
    if (answer.status === 200) {
      const state = await answer.json();
      revision = String(state.revision);
      await showPhone();
      showFriends(state);
    } else if (chosen) {
      await showPhone();
    }
  } catch {
    at("ended").hidden = false;
  }
}

function showFriends(state) {
  at("nobody").hidden = state.count > 0;
  at("friends").replaceChildren(...state.friends.map(friend));
}

function friend(one) {
  const made = el("button", `friend ${one.blocked ? "blocked" : ""}`, face(one.name, one.id), el("b", "", one.name), one.at ? el("time", "", clock(one.at)) : el("span"));
  made.append(el("span", "last", one.blocked ? say("hasBlocked") : one.last ? inShort(one.last) : say("nothingYet")), one.unseen ? el("span", "unseen", String(one.unseen)) : el("span"));
  made.setAttribute("aria-current", String(one.id === chosen));
  made.addEventListener("click", () => choose(one.id));
  return el("li", "", made);
}

function choose(id) {
  chosen = id;
  location.hash = encodeURIComponent(id);
  putDown();
  fresh();
}

function fresh() {
  revision = "";
  shown = "";
  return look();
}

async function showPhone() {
  if (!chosen) return emptyPhone(at("phone"));
  holding(chosen, hear);
  const answer = await fetch(`/rehearsal/people/${encodeURIComponent(chosen)}/phone`);
  if (!answer.ok) { chosen = null; return emptyPhone(at("phone")); }
  const text = await answer.text();
  if (text === shown) return undefined;
  shown = text;
  const state = JSON.parse(text);
  drawPhone(at("phone"), state);
  drawDoings(at("doings"), chosen, state);
  return undefined;
}

// Writes down what a tap or a word came to.
function hear(told, well) {
  at("heard-nothing").hidden = true;
  const line = el("li", "", el("b", "", told.note ?? (told.event ? said(told.event) : say("refused"))));
  if (told.event) line.append(el("div", "", told.event.message?.text ?? told.event.postback?.data ?? told.event.message?.type ?? ""));
  if (told.event?.postback?.params) line.append(el("div", "", Object.values(told.event.postback.params).join(" ")));
  if (!well) line.append(el("div", "bad", told.message ?? ""));
  else if (told.event) line.append(outcome(told.webhook));
  if (told.event || told.note || !well) at("heard").prepend(line);
  while (at("heard").children.length > MOST_HEARD) at("heard").lastChild.remove();
  look();
}

function said(event) {
  return words[event.type] ?? event.type;
}

function outcome(webhook) {
  if (!webhook) return el("small", "", say("nobodyListens"));
  const taken = webhook.status >= 200 && webhook.status < 300;
  return el("small", taken ? "ok" : "bad", say(taken ? "taken" : "notTaken", { status: webhook.status, reason: webhook.reason }));
}

function kept(name, usual) {
  try { return localStorage.getItem(name) ?? usual; } catch { return usual; }
}

function keep(name, value) {
  try { localStorage.setItem(name, value); } catch { /* a private window forgets */ }
}

function dress(theme) {
  document.documentElement.dataset.theme = theme;
  keep("theme", theme);
  at("theme").textContent = say(theme === "dark" ? "light" : "dark");
}

async function tongue(language) {
  await speak(language);
  keep("language", words.language);
  at("language").textContent = words.language === "ja" ? "English" : "日本語";
  dress(document.documentElement.dataset.theme ?? kept("theme", matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  await fresh();
}

at("language").addEventListener("click", () => tongue(words.language === "ja" ? "en" : "ja"));
at("theme").addEventListener("click", () => dress(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
at("search").addEventListener("input", () => { revision = ""; look(); });
await tongue(kept("language", navigator.language.slice(0, 2)));
for (;;) {
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  if (!document.hidden) await look();
}
