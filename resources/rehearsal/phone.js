// One friend's phone: the talk, quick replies, the rich menu, and what the friend can do.

import { clock, day, el, face, picture, say, sign, tappable } from "/rehearsal/page/draw.js";
import { draw, isWide, unsendButton } from "/rehearsal/page/messages.js";
import { richMenu } from "/rehearsal/page/templates.js";
import { does, sendPicture, tapping } from "/rehearsal/page/taps.js";

const STICKER = ["446", "1988"];
let menuOpen = true;
let written = "";

export function drawPhone(place, state) {
  const typed = place.querySelector(".composer input");
  written = typed ? typed.value : written;
  const focused = typed !== null && document.activeElement === typed;
  place.replaceChildren(top(), talk(state), ...below(place, state));
  const input = place.querySelector(".composer input");
  if (input) { input.value = written; if (focused) input.focus(); }
  stayAtEnd(place.querySelector(".talk"));
}

// Shows the latest, also while pictures above it are still coming, until somebody scrolls.
function stayAtEnd(list) {
  const toEnd = () => { list.scrollTop = list.scrollHeight; };
  const settled = (moved) => list.addEventListener(moved, () => list.removeEventListener("load", toEnd, true), { once: true, passive: true });
  list.addEventListener("load", toEnd, true);
  ["wheel", "pointerdown", "keydown"].forEach(settled);
  toEnd();
}

export function emptyPhone(place) {
  place.replaceChildren(top(), el("div", "talk", el("p", "nothing", say("chooseFriend"))));
}

// Another friend's phone: nothing is typed on it yet.
export function putDown() {
  written = "";
  menuOpen = true;
}

function top() {
  return el("div", "phone-top", el("span", "shield", "★"), say("shopName"));
}

function talk(state) {
  const made = el("div", "talk");
  if (!state.talk.length) made.append(el("p", "nothing", say("empty")));
  let before = "";
  let above = null;
  for (const one of state.talk) {
    const today = day(one.at);
    if (today !== before) made.append(el("span", "note", today));
    before = today;
    made.append(one.unsent ? el("span", "note", say("tookBack", { name: state.name })) : row(one, above));
    above = one;
  }
  if (state.typing) made.append(el("div", "bubble dots"));
  const last = state.talk.at(-1);
  if (last?.from === "shop" && last.message.quickReply) made.append(quickReplies(last));
  return made;
}

// What follows in the same delivery by the same sender does not repeat face and name.
function row(one, above) {
  const next = above !== null && above.delivery === one.delivery && one.delivery !== undefined && above.message.sender?.name === one.message.sender?.name;
  const mine = one.from === "person";
  const when = el("span", "when", mine && one.read ? el("div", "", say("read")) : null, clock(one.at), mine && one.message.id ? unsendButton(one.message) : null);
  const line = el("div", "line", draw(one.message, { delivery: one.delivery, bubble: one.bubble }), when);
  const sender = one.message.sender ?? {};
  const stack = el("div", "stack", mine || next ? null : el("span", "name", sender.name ?? say("shopName")), line);
  const made = el("div", `row ${mine ? "mine" : ""} ${next ? "next" : ""} ${isWide(one.message) ? "wide" : ""}`);
  if (!mine) made.append(el("span", "face", sender.iconUrl ? picture(sender.iconUrl) : [...(sender.name ?? say("shopName"))][0]));
  made.append(stack);
  return made;
}

function quickReplies(one) {
  return el("div", "quick", ...one.message.quickReply.items.map((item) =>
    tappable(el("button", "", item.imageUrl ? picture(item.imageUrl) : null, item.action.label ?? ""), tapping(item.action, { delivery: one.delivery, bubble: one.bubble }))));
}

function below(place, state) {
  if (state.blocked) return [el("div", "barred", say("blocked", { name: state.name }))];
  const parts = [];
  if (state.menu) {
    if (menuOpen) parts.push(richMenu(state.menu));
    parts.push(tappable(el("button", "menubar", `${state.menu.chatBarText} ${menuOpen ? "▾" : "▴"}`), () => { menuOpen = !menuOpen; drawPhone(place, state); }));
  }
  return [...parts, composer()];
}

function tool(drawn, word, act) {
  const made = tappable(el("button", "", sign(drawn)), act);
  made.title = say(word);
  made.setAttribute("aria-label", say(word));
  return made;
}

function composer() {
  const input = el("input");
  input.placeholder = say("type");
  input.setAttribute("aria-label", say("type"));
  input.maxLength = 5000;
  const send = () => { const text = input.value; if (text.trim()) { input.value = ""; written = ""; does({ text }); } };
  input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) send(); });
  const go = tool("send", "send", send);
  go.className = "go";
  return el("div", "composer", tool("picture", "sendPicture", sendPicture), tool("place", "sendPlace", tapping({ type: "location" })), tool("sticker", "sendSticker", () => does({ sticker: STICKER })), input, go);
}

// Beside the phone: whose it is, and following and blocking.
export function drawDoings(place, id, state) {
  const block = el("button", "quiet danger", say("block"));
  const follow = el("button", "quiet", say("followShop"));
  block.disabled = state.blocked;
  follow.disabled = !state.blocked;
  block.addEventListener("click", () => does({ block: true }));
  follow.addEventListener("click", () => does({ follow: true }));
  place.replaceChildren(el("div", "who", face(state.name, id), el("div", "", el("b", "", state.name), el("code", "", id))), el("div", "buttons", follow, block));
}
