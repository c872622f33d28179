// Each kind of message as a phone draws it.

import { el, linked, picture, say, words } from "/rehearsal/page/draw.js";
import { flex } from "/rehearsal/page/flex.js";
import { imagemap, template } from "/rehearsal/page/templates.js";
import { tappable } from "/rehearsal/page/draw.js";
import { does } from "/rehearsal/page/taps.js";

// These need the whole width of the talk.
const WIDE = new Set(["imagemap", "flex"]);

export function isWide(message) {
  return WIDE.has(message.type) || (message.type === "template" && message.template.type.includes("carousel"));
}

export function draw(message, place) {
  return (KINDS[message.type] ?? unknown)(message, place);
}

// One line that says what a message is, for the list of friends.
export function inShort(message) {
  return message.text ?? message.altText ?? say(message.type in KINDS ? message.type : "message");
}

const KINDS = {
  text: (message) => el("div", "bubble", ...withEmoji(message)),
  textV2: (message) => el("div", "bubble", ...substituted(message)),
  sticker: (message) => el("div", "sticker", el("i", "", "☻"), el("small", "", `${message.packageId} / ${message.stickerId}`)),
  image: (message) => el("span", "media", picture(message.previewImageUrl ?? `/rehearsal/contents/${message.id}`)),
  video: (message) => el("span", "media", message.previewImageUrl ? picture(message.previewImageUrl) : el("span", "missing", say("video")), el("span", "play", "▶")),
  audio: (message) => el("div", "bubble audio", el("i", "", "▶"), duration(message.duration)),
  file: (message) => el("div", "bubble", `${message.fileName} (${message.fileSize.toLocaleString(words.language)} B)`),
  location: (message) => el("div", "place", el("div", "map"), el("div", "", el("b", "", message.title ?? say("location")), el("small", "", message.address ?? ""))),
  imagemap,
  template: (message, place) => template(message.template, place),
  flex: (message, place) => flex(message.contents, place),
  coupon,
};

function unknown(message) {
  return el("div", "bubble", inShort(message));
}

function emoji() {
  return el("span", "emoji", "☺");
}

// LINE counts the places of its emoji in UTF-16 units, as JavaScript does.
function withEmoji(message) {
  const parts = [];
  let from = 0;
  for (const one of [...(message.emojis ?? [])].sort((a, b) => a.index - b.index)) {
    parts.push(...linked(message.text.slice(from, one.index)), emoji());
    from = one.index + 1;
  }
  return [...parts, ...linked(message.text.slice(from))];
}

function substituted(message) {
  const parts = message.text.split(/(\{\{|\}\}|\{\w+\})/);
  return parts.flatMap((part, place) => (place % 2 === 0 ? linked(part) : part.length === 2 ? part[0] : emoji()));
}

function duration(milliseconds) {
  const seconds = Math.round((milliseconds ?? 0) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function coupon(message) {
  const known = message.coupon;
  const text = el("div", "text", el("b", "", known?.title ?? say("coupon")), known?.description ?? "");
  if (known) {
    const until = new Intl.DateTimeFormat(words.language, { dateStyle: "medium", timeZone: "Asia/Tokyo" }).format(new Date(known.endTimestamp * 1000));
    text.append(el("small", "", say("until", { day: until })));
  }
  const made = el("div", "card coupon", known?.imageUrl ? el("span", "shot", picture(known.imageUrl)) : null, text, el("div", "tear"));
  made.append(el("div", "act", say("takeCoupon")));
  return made;
}

// The button with which a friend takes a message back.
export function unsendButton(message) {
  return tappable(el("button", "", say("takeBack")), () => does({ unsend: message.id }));
}
